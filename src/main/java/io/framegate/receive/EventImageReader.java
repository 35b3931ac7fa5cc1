package io.framegate.receive;

import io.framegate.event.CameraImage;
import io.framegate.event.RejectReason;
import io.framegate.event.Role;
import io.framegate.image.ImageHeader;
import io.framegate.image.NoPicture;
import io.framegate.intake.FramegateHeaders;
import io.framegate.store.PictureHeaders;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Turns one {@link CameraImage} of an event into a body of bytes and sets the headers of the image: role, hash, format
 * and size. Bytes that are not a picture get a {@link FramegateHeaders#REJECT_REASON}. Thread-safe.
 */
public final class EventImageReader implements Processor {

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        CameraImage image = message.getBody(CameraImage.class);
        byte[] bytes = image.bytes();
        message.setBody(bytes);
        message.setHeader(FramegateHeaders.IMAGE_NUMBER, image.number());
        message.setHeader(FramegateHeaders.ROLE, image.role().tag());
        message.setHeader(
                FramegateHeaders.ROLE_SUFFIX,
                image.role() == Role.SCENE ? "" : "_" + image.role().tag());
        message.setHeader(FramegateHeaders.ATTRIBUTES, attributes(message, image));
        message.setHeader(FramegateHeaders.LENGTH, bytes.length);
        message.setHeader(FramegateHeaders.ENCODED_LENGTH, image.encodedLength());
        message.setHeader(FramegateHeaders.SHA256, image.sha256());
        message.removeHeader(FramegateHeaders.REJECT_REASON);
        message.removeHeader(FramegateHeaders.REJECT_DETAIL);
        if (image.damage() != null) {
            reject(message, RejectReason.BAD_BASE64, image.damage());
            return;
        }
        ImageHeader header = ImageHeader.probe(bytes);
        if (header == null) {
            reject(message, RejectReason.NOT_A_PICTURE, NoPicture.describe(bytes));
            return;
        }
        PictureHeaders.set(message, header);
    }

    private static Map<String, String> attributes(Message message, CameraImage image) {
        Map<?, ?> ofEvent = message.getHeader(FramegateHeaders.ATTRIBUTES, Map.of(), Map.class);
        Map<String, String> all = new HashMap<>();
        ofEvent.forEach((name, value) -> all.put(name.toString(), value.toString()));
        all.putAll(image.attributes());
        return all;
    }

    private static void reject(Message message, RejectReason reason, String detail) {
        message.setHeader(FramegateHeaders.REJECT_REASON, reason.tag());
        message.setHeader(FramegateHeaders.REJECT_DETAIL, detail);
    }
}
