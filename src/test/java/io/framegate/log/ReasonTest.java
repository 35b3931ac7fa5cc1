package io.framegate.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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

    @Test
    void longAnswerIsCut() {
        assertThat(Reason.of(new IOException("x".repeat(10_000)))).hasSize(512);
    }
}
