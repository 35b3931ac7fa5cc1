package io.framegate.outbox.deliver;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * Compares the ETag of a stored object with the MD5 of the sent bytes, and fails the request if they differ: the server
 * has then stored other bytes. Many servers return the MD5 of the stored bytes. An ETag that is no MD5 is not compared:
 * an ETag without 32 hexadecimal digits, or the ETag of an object that is encrypted with a key of KMS or of the client,
 * or that is in a directory bucket. Stateless.
 */
final class S3StoredWhole implements ExecutionInterceptor {

    private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}");

    private static final Set<String> ENCRYPTED_WITHOUT_A_TRACE = Set.of("", "AES256");

    private static final String DIRECTORY_BUCKET = "--x-s3";

    private static final int READ_SIZE = 64 * 1024;

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        if (context.request() instanceof PutObjectRequest put
                && context.response() instanceof PutObjectResponse stored
                && context.requestBody().isPresent()) {
            String etag = md5In(stored);
            if (etag == null || String.valueOf(put.bucket()).endsWith(DIRECTORY_BUCKET)) {
                return;
            }
            String sent = md5(context.requestBody().get());
            if (!etag.equals(sent)) {
                throw SdkClientException.create("stored other bytes than were sent: ETag " + etag + " (expected: "
                        + sent + ", the MD5 of the sent bytes)");
            }
        }
    }

    /** The MD5 that the server returns, or null if it returns none. */
    private static @Nullable String md5In(PutObjectResponse stored) {
        String encryption = stored.serverSideEncryptionAsString();
        if (!ENCRYPTED_WITHOUT_A_TRACE.contains(encryption == null ? "" : encryption)
                || stored.sseCustomerAlgorithm() != null) {
            return null;
        }
        String etag = String.valueOf(stored.eTag()).replace("\"", "").strip().toLowerCase(Locale.ROOT);
        return MD5.matcher(etag).matches() ? etag : null;
    }

    private static String md5(RequestBody body) {
        try (InputStream in = body.contentStreamProvider().newStream()) {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            byte[] piece = new byte[READ_SIZE];
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                md5.update(piece, 0, read);
            }
            return HexFormat.of().formatHex(md5.digest());
        } catch (IOException e) {
            throw new UncheckedIOException("the sent bytes cannot be read again", e);
        } catch (NoSuchAlgorithmException e) {
            // Every Java runtime has MD5.
            throw new IllegalStateException(e);
        }
    }
}
