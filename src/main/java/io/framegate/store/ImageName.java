package io.framegate.store;

import io.framegate.intake.FramegateHeaders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;

/**
 * Gives an image its number and its path below the images directory: evaluates {@code framegate.images.name}, makes every
 * part of the result a safe name, and adds {@code _2}, {@code _3}, ... rather than name an image that exists, because nothing
 * is ever overwritten. Thread-safe; a name is reserved until its exchange is done.
 */
public final class ImageName implements Processor {

    private final Set<String> reserved = ConcurrentHashMap.newKeySet();
    private @Nullable ImageCounter counter;
    private Path directory = Path.of("images");
    private NameExpression expression = new NameExpression("");

    /** Where numbers come from. */
    public void setCounter(ImageCounter counter) {
        this.counter = counter;
    }

    /** The images directory. */
    public void setDirectory(String directory) {
        this.directory = Path.of(directory);
    }

    /** The simple expression for the path; it may use every header an image has. */
    public void setExpression(String expression) {
        if (expression.isBlank()) {
            throw new IllegalArgumentException("framegate.images.name: empty (expected: a simple expression)");
        }
        this.expression = new NameExpression(expression);
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        if (counter == null) {
            throw new IllegalStateException("imageName: counter is not set (expected: #bean:imageCounter)");
        }
        message.setHeader(FramegateHeaders.COUNTER, counter.next());
        String free = reserve(expression.path(exchange));
        message.setHeader(Exchange.FILE_NAME, free);
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                reserved.remove(free);
            }
        });
    }

    private String reserve(String wanted) {
        String name = wanted;
        for (int copy = 2; ; copy++) {
            if (reserved.add(name)) {
                if (!Files.exists(directory.resolve(name))) {
                    return name;
                }
                reserved.remove(name);
            }
            name = numbered(wanted, copy);
        }
    }

    private static String numbered(String path, int copy) {
        int dot = path.lastIndexOf('.');
        return dot > path.lastIndexOf('/')
                ? path.substring(0, dot) + "_" + copy + path.substring(dot)
                : path + "_" + copy;
    }
}
