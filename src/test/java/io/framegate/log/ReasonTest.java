package io.framegate.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.security.cert.CertificateExpiredException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class ReasonTest {

    @Test
    void answerOfSeveralLinesBecomesOne() {
        assertThat(Reason.of(new IOException("550-No.\r\n550 \u001b[31mNever.\r\n")))
                .isEqualTo("IOException: 550-No. 550 [31mNever.");
    }

    @Test
    void queryOfAnAddressIsNotShownBecauseItMayBeASecret() {
        assertThat(Reason.of(new IOException("invoking https://host/a/b.jpg?sig=secret&se=1 with statusCode: 403")))
                .isEqualTo("IOException: invoking https://host/a/b.jpg?... with statusCode: 403");
    }

    @Test
    void whatCausedItIsSaidTooUnlessItIsSaidAlready() {
        IOException refused = new IOException("Connection refused");
        assertThat(Reason.of(new IllegalStateException("Cannot connect", new RuntimeException("wrapped", refused))))
                .isEqualTo("IllegalStateException: Cannot connect <- IOException: Connection refused");
        assertThat(Reason.of(new IllegalStateException("failed: Connection refused", refused)))
                .isEqualTo("IllegalStateException: failed: Connection refused");
    }

    /** Of what a peer or an operator did; nobody looks a class up. */
    @Test
    void plainReasonHasNoNamesOfClasses() {
        assertThat(Reason.plain(new DecoderException("header length (60000) exceeds the allowed maximum (4096)")))
                .isEqualTo("header length (60000) exceeds the allowed maximum (4096)");
        Exception handshake = new SSLHandshakeException("PKIX path validation failed:"
                + " java.security.cert.CertPathValidatorException: validity check failed");
        handshake.initCause(new CertificateExpiredException("NotAfter: yesterday"));
        assertThat(Reason.plain(new DecoderException(handshake)))
                .isEqualTo("PKIX path validation failed: validity check failed: NotAfter: yesterday");
        assertThat(Reason.plain(new DecoderException(new BufferUnderflowException())))
                .isEqualTo("buffer underflow");
        assertThat(Reason.plain(new NoSuchFileException("images/1.jpg"))).isEqualTo("images/1.jpg: no such file");
        assertThat(Reason.plain(new FileSystemException("images/1.jpg", null, "No space left on device")))
                .isEqualTo("images/1.jpg: No space left on device");
        assertThat(Reason.plain(new UncheckedIOException(new AccessDeniedException("outbox"))))
                .isEqualTo("outbox: access denied");
        assertThat(Reason.plain(new DecoderException(
                        new IllegalArgumentException("No enum constant io.netty.haproxy.HAProxyProxiedProtocol.TCP5"))))
                .isEqualTo("unknown value: TCP5");
        assertThat(Reason.plain(new IllegalStateException("Errors: 2"))).isEqualTo("Errors: 2");
    }

    @Test
    void longAnswerIsCut() {
        assertThat(Reason.of(new IOException("x".repeat(10_000)))).hasSize(512);
    }
}
