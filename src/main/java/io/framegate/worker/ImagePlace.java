package io.framegate.worker;

import io.framegate.intake.FramegateHeaders;
import io.framegate.settings.ByteSize;
import io.framegate.worker.AllowedPlaces.Kind;
import io.framegate.worker.AllowedPlaces.Place;
import io.framegate.worker.WrongDeliveryException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Finds the place of an image, if the worker may read it. An image in a file or at an HTTP server becomes the body, as
 * a stream. For an image in S3, the header with the key is set. The variable {@code place} is {@code s3}, {@code http}
 * or {@code file}.
 *
 * <p>Follows no redirect, because it leads to another address. Thread-safe after configuration.
 */
public final class ImagePlace implements Processor {

    private static final String PLACE = "place";
    private static final String S3_KEY = "CamelAwsS3Key";
    private static final String S3_FROM = "CamelAwsS3RangeStart";
    private static final String S3_TO = "CamelAwsS3RangeEnd";
    private static final int TIMEOUT_MILLIS = 10_000;

    /** Answers that a request for another image would get too: the login, a time limit, too many requests. */
    private static final Set<Integer> NOT_OF_THE_IMAGE = Set.of(400, 401, 407, 408, 425, 429);

    private static final int SERVER_ERRORS = 500;

    private String bucket = "";
    private String urls = "";
    private String directory = "";
    private int maxSize = 16 << 20;
    private AllowedPlaces allowed = new AllowedPlaces("", "", "");

    /** The only bucket that is read. */
    public void setBucket(String bucket) {
        this.bucket = bucket;
        allowed = new AllowedPlaces(bucket, urls, directory);
    }

    /** The prefixes of the only HTTP addresses that are read, with commas between them. */
    public void setUrls(String urls) {
        this.urls = urls;
        allowed = new AllowedPlaces(bucket, urls, directory);
    }

    /** The only directory from which files are read. */
    public void setDirectory(String directory) {
        this.directory = directory;
        allowed = new AllowedPlaces(bucket, urls, directory);
    }

    /** The maximum length of an image: {@code 16MB}. */
    public void setMaxSize(String maxSize) {
        this.maxSize = ByteSize.parseInt(maxSize);
    }

    @Override
    public void process(Exchange exchange) throws IOException, WrongDeliveryException {
        Message message = exchange.getMessage();
        Place place = allowed.place(exchange.getVariable(DocumentReader.REFERENCE, String.class));
        long length = message.getHeader(FramegateHeaders.LENGTH, (long) maxSize, Long.class);
        if (length < 1 || length > maxSize) {
            throw new WrongDeliveryException(
                    Reason.TOO_LONG, "image length: " + length + " (expected: 1 to " + maxSize + ")");
        }
        exchange.setVariable(PLACE, place.kind().tag());
        exchange.setVariable(ImageCheck.LIMIT, length);
        if (place.kind() == Kind.S3) {
            message.setHeader(S3_KEY, place.address());
            // One byte more than the image has: the server never sends more, and a longer image is noticed.
            message.setHeader(S3_FROM, "0");
            message.setHeader(S3_TO, String.valueOf(length));
        } else {
            message.setBody(place.kind() == Kind.FILE ? file(place) : http(place));
        }
    }

    private InputStream file(Place place) throws IOException, WrongDeliveryException {
        Path file = allowed.file(place);
        if (!Files.isRegularFile(file)) {
            throw new WrongDeliveryException(Reason.NOT_A_PICTURE, file + ": no file (expected: an image)");
        }
        return Files.newInputStream(file);
    }

    /**
     * Does not use Camel's HTTP component. Its client reads an answer to the end before it closes it, and an answer may
     * be endless.
     */
    private static InputStream http(Place place) throws IOException {
        HttpURLConnection request =
                (HttpURLConnection) URI.create(place.address()).toURL().openConnection();
        request.setInstanceFollowRedirects(false);
        request.setConnectTimeout(TIMEOUT_MILLIS);
        request.setReadTimeout(TIMEOUT_MILLIS);
        int status = request.getResponseCode();
        if (status == HttpURLConnection.HTTP_OK) {
            return request.getInputStream();
        }
        request.disconnect();
        String answer = place.address() + ": HTTP " + status + " (expected: 200)";
        boolean redirectOrRefusal = status >= HttpURLConnection.HTTP_MULT_CHOICE && status < SERVER_ERRORS;
        throw status == HttpURLConnection.HTTP_NO_CONTENT || (redirectOrRefusal && !NOT_OF_THE_IMAGE.contains(status))
                ? new MissingImageException(answer)
                : new IOException(answer);
    }
}
