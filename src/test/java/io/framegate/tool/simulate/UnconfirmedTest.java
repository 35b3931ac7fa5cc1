package io.framegate.tool.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnconfirmedTest {

    @Test
    void onlyWhatBuffersCanHoldIsLostWithTheConnection() {
        Unconfirmed unconfirmed = new Unconfirmed();
        List<SentImage> images = new ArrayList<>();
        for (int sequence = 0; sequence < 100; sequence++) {
            SentImage image = new SentImage(0, sequence, 0, new byte[] {(byte) sequence}, 0);
            image.becomes(ImageFate.SENT);
            images.add(image);
            unconfirmed.add(new SimulatedPacket(new byte[1 << 20], List.of(image), Damage.NONE, 0));
        }
        unconfirmed.lose();
        assertThat(images.subList(0, 35)).extracting(SentImage::fate).containsOnly(ImageFate.SENT);
        assertThat(images.subList(36, 100)).extracting(SentImage::fate).containsOnly(ImageFate.LOST);
    }
}
