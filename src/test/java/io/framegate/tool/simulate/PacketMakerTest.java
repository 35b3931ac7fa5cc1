package io.framegate.tool.simulate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.image.ImageHeader;
import io.framegate.wire.FrameEncoding;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Execution(ExecutionMode.CONCURRENT)
class PacketMakerTest {

    private static final List<CameraPictures> PICTURES = CameraPictures.drawn();

    private final Ledger ledger = new Ledger();

    private SimulatedPacket make(FrameEncoding format, int camera, long sequence, Damage damage) {
        return new PacketMaker(format, PICTURES, ledger, "run", "gateway:1").make(camera, sequence, 0, damage);
    }

    @ParameterizedTest
    @EnumSource(FrameEncoding.class)
    void noTwoImagesAreTheSame(FrameEncoding format) {
        int images = 0;
        for (int camera = 0; camera < 3; camera++) {
            for (int sequence = 0; sequence < 6; sequence++) {
                images += make(format, camera, sequence, Damage.NONE).images().size();
            }
        }
        assertThat(ledger.images()).hasSize(images);
        assertThat(ledger.count(ImageFate.BEGUN)).isEqualTo(images);
    }

    @Test
    void aPictureWithACommentIsAPicture() {
        byte[] scene = PICTURES.get(0).scene();
        byte[] commented = CameraPictures.with("framegate", scene);
        assertThat(commented).hasSize(scene.length + 13);
        assertThat(ImageHeader.probe(commented)).isEqualTo(ImageHeader.probe(scene));
    }

    @Test
    void badBase64DamagesOneImageOfAnEvent() {
        SimulatedPacket packet = make(FrameEncoding.XML, 1, 1, Damage.BAD_BASE64);
        assertThat(packet.images()).extracting(SentImage::fate).containsExactly(ImageFate.BEGUN, ImageFate.DAMAGED);
        packet.becomes(ImageFate.SENT);
        assertThat(packet.images()).extracting(SentImage::fate).containsExactly(ImageFate.SENT, ImageFate.DAMAGED);
    }

    @ParameterizedTest
    @EnumSource(names = {"LENGTH64", "LENGTH16", "LENGTHLINE", "LE32", "BE32", "LE64", "BE64", "HTTP_IMAGE"})
    void whatIsNoPictureIsFramedAsOneIs(FrameEncoding format) {
        byte[] damaged = make(format, 0, 0, Damage.NO_PICTURE).bytes();
        byte[] whole = make(format, 0, 0, Damage.NONE).bytes();
        assertThat(damaged).hasSameSizeAs(whole).isNotEqualTo(whole);
    }

    @ParameterizedTest
    @EnumSource(names = {"LENGTH64", "LENGTH16", "LENGTHLINE", "LE32", "BE32", "LE64", "BE64", "HTTP", "HTTP_IMAGE"})
    void aWrongLengthIsInTheHeaderOnly(FrameEncoding format) {
        SimulatedPacket packet = make(format, 0, 0, Damage.WRONG_LENGTH);
        assertThat(packet.damage().endsConnection(format)).isTrue();
        assertThat(packet.images()).extracting(SentImage::fate).containsOnly(ImageFate.DAMAGED);
    }

    @Test
    void eventsAreThoseOfACameraWithAnAddressAndANameOfItsOwn() {
        String face = new String(make(FrameEncoding.XML, 17, 0, Damage.NONE).bytes(), ISO_8859_1);
        assertThat(face).contains(">VFD<", "[02:00:00:00:00:11]", "[Camera 17]").containsPattern("<age[^>]*>2");
        String vehicle =
                new String(make(FrameEncoding.HTTP, 300, 2, Damage.NONE).bytes(), ISO_8859_1);
        assertThat(vehicle).startsWith("POST /").contains(">VEHICE<", "[02:00:00:00:01:2c]", "[SIM2]");
    }
}
