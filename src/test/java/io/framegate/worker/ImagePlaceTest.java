package io.framegate.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Which answers are about one image, which is given up after a while, and which are about the place of all. */
class ImagePlaceTest {

    private final ImagePlace place = new ImagePlace();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        place.setUrls("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Exchange exchange() {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setVariable(
                DocumentReader.REFERENCE,
                "http://127.0.0.1:" + server.getAddress().getPort() + "/a.jpg");
        return exchange;
    }

    private void answer(int status) {
        server.createContext("/", request -> {
            request.sendResponseHeaders(status, -1);
            request.close();
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 301, 302, 403, 404, 410, 414})
    void answerAboutTheImageMakesItMissing(int status) {
        answer(status);
        assertThatThrownBy(() -> place.process(exchange()))
                .isInstanceOf(MissingImageException.class)
                .hasMessageContaining("HTTP " + status);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 407, 408, 429, 500, 502, 503})
    void answerAboutTheServerDoesNot(int status) {
        answer(status);
        assertThatThrownBy(() -> place.process(exchange()))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(MissingImageException.class);
    }

    private static Exception answerOfS3(String code) {
        return S3Exception.builder()
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                .message(code)
                .build();
    }

    private Exception given(Exception failure) {
        Exchange exchange = exchange();
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, failure);
        try {
            new MissingImages(Duration.ofMinutes(1)).process(exchange);
            throw new AssertionError("nothing thrown");
        } catch (Exception e) {
            return e;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"NoSuchKey", "AccessDenied", "KeyTooLongError"})
    void answerOfS3AboutTheObjectMakesItMissing(String code) {
        assertThat(given(answerOfS3(code))).isInstanceOf(MissingImageException.class);
    }

    @ParameterizedTest
    @CsvSource({"NoSuchBucket", "InvalidAccessKeyId", "SignatureDoesNotMatch", "SlowDown", "InternalError", "''"})
    void answerOfS3AboutTheBucketIsTriedAgain(String code) {
        assertThat(given(answerOfS3(code))).isInstanceOf(S3Exception.class);
    }

    @Test
    void emptyObjectIsAnotherImage() {
        assertThat(given(answerOfS3("InvalidRange")))
                .isInstanceOf(WrongDeliveryException.class)
                .hasMessageContaining("0 bytes");
    }
}
