package io.framegate.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class WarmUpTest {

    @Test
    void readsTheWholePicture() {
        byte[] picture = new byte[12 << 10];
        assertThat(HexFormat.of().formatHex(WarmUp.read(Base64.getEncoder().encode(picture))))
                .isEqualTo(Hash.sha256(picture));
    }

    @Test
    void endsWithoutAFailure() {
        WarmUp.run();
    }
}
