package io.framegate.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.intake.FramegateHeaders;
import io.framegate.outbox.deliver.DeliveryName;
import io.framegate.settings.Catalogue;
import io.framegate.settings.Setting;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryIdTest {

    private static final String HASH = "cbf1d8aa30c2d16e0000000000000000";
    private static final String CAPTURED = "2026-03-29T07:58:21.5Z";

    private static Message picture(Map<String, Object> headers) {
        Message message = new DefaultExchange(new DefaultCamelContext()).getMessage();
        message.setHeader(FramegateHeaders.NODE, "north");
        message.setHeader(FramegateHeaders.PEER, "192.0.2.7:50000");
        message.setHeader(FramegateHeaders.RECEIVED_AT, "2026-03-29T07:58:22.001Z");
        message.setHeader(FramegateHeaders.RECEIVED_DATE, "2026/03/29");
        message.setHeader(FramegateHeaders.COUNTER, 17);
        message.setHeader(FramegateHeaders.FILE_NAME, "image_17_gate.jpg");
        message.setHeader(FramegateHeaders.CAMERA_NAME, "gate");
        message.setHeader(FramegateHeaders.CAPTURED_AT, CAPTURED);
        message.setHeader(FramegateHeaders.CAPTURED_DATE, "2026/03/29");
        message.setHeader(FramegateHeaders.SHA256, HASH);
        message.setHeader(FramegateHeaders.PACKET_SHA256, HASH);
        message.setHeader(FramegateHeaders.EXTENSION, "jpg");
        headers.forEach(message::setHeader);
        return message;
    }

    /** What another gateway makes of the same packet, when the camera sends it again the day after. */
    private static Message again(Map<String, Object> headers) {
        Message message = picture(Map.of(
                FramegateHeaders.NODE, "south",
                FramegateHeaders.PEER, "192.0.2.7:50001",
                FramegateHeaders.RECEIVED_AT, "2026-03-30T00:00:01Z",
                FramegateHeaders.RECEIVED_DATE, "2026/03/30",
                FramegateHeaders.COUNTER, 99,
                FramegateHeaders.FILE_NAME, "image_99_gate.jpg"));
        headers.forEach(message::setHeader);
        return message;
    }

    private static String id(Map<String, Object> headers) {
        return DeliveryId.ofPicture(picture(headers));
    }

    @Test
    void pictureHasOneIdAtAllGateways() {
        assertThat(id(Map.of())).isEqualTo("gate-20260329T0758215Z-cbf1d8aa30c2d16e");
        assertThat(DeliveryId.ofPicture(again(Map.of()))).isEqualTo(id(Map.of()));
        assertThat(DeliveryId.ofEvent(again(Map.of()))).isEqualTo(DeliveryId.ofEvent(picture(Map.of())));
    }

    @Test
    void pictureWithoutTimeIsItsCameraAndItsBytes() {
        Message first = picture(Map.of(FramegateHeaders.CAPTURED_AT, "2026-03-29T07:58:22.001Z"));
        Message again = again(Map.of(FramegateHeaders.CAPTURED_AT, "2026-03-30T00:00:01Z"));
        assertThat(DeliveryId.ofPicture(first)).isEqualTo("gate-untimed-cbf1d8aa30c2d16e");
        assertThat(DeliveryId.ofPicture(again)).isEqualTo("gate-untimed-cbf1d8aa30c2d16e");
    }

    @Test
    void eventWithoutPictureAndTimeIsAnotherOneEachTime() {
        Message first = picture(Map.of(FramegateHeaders.CAPTURED_AT, "2026-03-29T07:58:22.001Z"));
        Message again = again(Map.of(FramegateHeaders.CAPTURED_AT, "2026-03-30T00:00:01Z"));
        assertThat(DeliveryId.ofEvent(first)).isNotEqualTo(DeliveryId.ofEvent(again));
    }

    @Test
    void pictureThatIsSceneAndFaceOfItsPacketHasTwoIds() {
        assertThat(id(Map.of(FramegateHeaders.ROLE_SUFFIX, "_face"))).isEqualTo(id(Map.of()) + "_face");
    }

    @Test
    void pictureThatWasConvertedHasTheIdOfTheOneReceived() {
        assertThat(id(Map.of(FramegateHeaders.SHA256, "0".repeat(32), FramegateHeaders.ORIGINAL_SHA256, HASH)))
                .isEqualTo(id(Map.of()));
    }

    @Test
    void cameraTimeAndBytesEachMakeAnotherId() {
        assertThat(id(Map.of()))
                .isNotEqualTo(id(Map.of(FramegateHeaders.CAMERA_NAME, "yard")))
                .isNotEqualTo(id(Map.of(FramegateHeaders.CAPTURED_AT, "2026-03-29T07:58:21.6Z")))
                .isNotEqualTo(id(Map.of(FramegateHeaders.SHA256, "1".repeat(32))));
    }

    @Test
    void idThatAPictureBringsIsKept() {
        Message brought = again(Map.of(FramegateHeaders.DELIVERY_ID, "given"));
        assertThat(ClaimedHeaders.of(brought, DeliveryId.ofPicture(brought)))
                .containsEntry(FramegateHeaders.DELIVERY_ID, "given");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "ftp", "sftp", "s3"})
    void defaultNameIsTheSameFromEachGateway(String target) {
        String expression = Catalogue.standard().settings().stream()
                .filter(setting -> setting.name().equals("framegate.deliver." + target + ".name"))
                .map(Setting::standard)
                .findFirst()
                .orElseThrow();
        assertThat(name(expression, picture(Map.of())))
                .isEqualTo(name(expression, again(Map.of())))
                .isEqualTo("gate/2026/03/29/gate-20260329T0758215Z-cbf1d8aa30c2d16e.jpg");
    }

    private static String name(String expression, Message message) {
        message.setHeader(FramegateHeaders.DELIVERY_ID, DeliveryId.ofPicture(message));
        new DeliveryName(expression).process(message.getExchange());
        return String.valueOf(message.getHeader(Exchange.FILE_NAME));
    }
}
