package io.framegate.store;

import io.framegate.intake.FramegateHeaders;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.component.file.GenericFileProducer;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;

/**
 * Writes a message's body as a file, in the order that {@link StoreEndpoint} shows, and sets
 * {@link FramegateHeaders#STORED_PATH} for a numbered file. It records the claims between the write and the rename, so
 * the rename is the commit: a file that exists has all its claims.
 *
 * <p>A repeated attempt keeps the number and the name of the first one. Thread-safe.
 */
final class StoreProducer extends GenericFileProducer<File> {

    private final StoreEndpoint store;
    private final Path directory;
    private final FreeNames names;

    /**
     * Name of the exchange's property with the path that the first attempt reserved. Each endpoint has another name.
     */
    private final String path;

    /** Name of the property with the number that the first attempt took. */
    private final String number;

    StoreProducer(StoreEndpoint endpoint, WholeFileOperations operations) {
        super(endpoint, operations);
        store = endpoint;
        directory = endpoint.getFile().toPath();
        names = new FreeNames(directory);
        path = "FramegateStorePath." + endpoint.getFile();
        number = "FramegateStoreNumber." + endpoint.getFile();
    }

    @Override
    protected void doProcess(Exchange exchange) throws Exception {
        super.doProcess(exchange);
        // Camel's producer leaves the header with a null value if it was absent before.
        if (exchange.getMessage().getHeader(Exchange.FILE_NAME) == null) {
            exchange.getMessage().removeHeader(Exchange.FILE_NAME);
        }
        exchange.getMessage().removeHeader(Exchange.FILE_NAME_PRODUCED);
        if (exchange.getException() instanceof UncheckedIOException failure) {
            exchange.setException(failure.getCause());
        }
    }

    @Override
    public String createFileName(Exchange exchange) {
        ImageCounter numbers = store.getNumbers();
        if (numbers == null) {
            return super.createFileName(exchange);
        }
        String name = exchange.getProperty(path, String.class);
        if (name == null) {
            exchange.setProperty(number, numbers.next());
        }
        // Before another attempt, Camel restores the headers from before the first one.
        exchange.getMessage().setHeader(FramegateHeaders.COUNTER, exchange.getProperty(number));
        if (name == null) {
            name = names.reserve(FileNames.safePath(evaluated(exchange)));
            exchange.setProperty(path, name);
        }
        return directory.resolve(name).toString();
    }

    /** Camel evaluates an expression and normalizes the path for each file; the default name needs neither. */
    @Override
    public String createTempFileName(Exchange exchange, String file) {
        return store.hasDefaultTemporaryName()
                ? TemporaryFiles.beside(file, exchange.getExchangeId())
                : super.createTempFileName(exchange, file);
    }

    private String evaluated(Exchange exchange) {
        Expression name = store.getFileName();
        if (name == null) {
            throw new IllegalArgumentException("fileName: empty (expected: a simple expression)");
        }
        return name.evaluate(exchange, String.class);
    }

    @Override
    public void writeFile(Exchange exchange, String file) {
        operations.storeFile(file, exchange, -1);
        Claims claims = store.getClaims();
        String name = reserved(exchange);
        if (claims == null || name == null || !TemporaryFiles.isTemporary(file)) {
            return;
        }
        try {
            claims.note(exchange, name);
        } catch (IOException e) {
            operations.deleteFile(file);
            throw new UncheckedIOException(e);
        }
    }

    /** Runs after the rename. A failure here deletes the file again. */
    @Override
    public void postWriteCheck(Exchange exchange) {
        String name = reserved(exchange);
        String produced = name != null ? name : produced(exchange);
        try {
            store.getDurability().renamed(directory, directory.resolve(produced));
        } catch (IOException e) {
            // The name may not survive a power cut, so the image does not count as stored.
            operations.deleteFile(directory.resolve(produced).toString());
            throw new UncheckedIOException(new NotForcedException(e));
        }
        if (name != null) {
            exchange.getMessage().setHeader(FramegateHeaders.STORED_PATH, name);
            exchange.removeProperty(path);
            exchange.removeProperty(number);
            names.release(name);
            if (store.getClaims() != null) {
                store.getClaims().stored(exchange);
            }
        }
    }

    /** Keeps the name reserved until the exchange is done, because another attempt may follow. */
    @Override
    public void handleFailedWrite(Exchange exchange, Exception failure) throws Exception {
        String name = reserved(exchange);
        if (name != null && exchange.getProperty(path + ".failed") == null) {
            exchange.setProperty(path + ".failed", true);
            exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
                @Override
                public void onDone(Exchange done) {
                    names.release(name);
                }
            });
        }
        throw failure;
    }

    private @Nullable String reserved(Exchange exchange) {
        return exchange.getProperty(path, String.class);
    }

    private String produced(Exchange exchange) {
        String file = exchange.getMessage().getHeader(Exchange.FILE_NAME_PRODUCED, String.class);
        return directory.relativize(Path.of(file)).toString();
    }
}
