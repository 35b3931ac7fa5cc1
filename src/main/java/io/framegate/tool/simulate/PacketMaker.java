package io.framegate.tool.simulate;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.framegate.wire.Frame;
import io.framegate.wire.FrameEncoding;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes packets of one format and adds their images to the ledger. Thread-safe. */
final class PacketMaker {

    private final FrameEncoding format;
    private final List<CameraPictures> pictures;
    private final Ledger ledger;
    private final String run;
    private final String host;

    /**
     * Creates a maker.
     *
     * @param run part of the comment in every image, so that no two runs send the same images
     * @param host the value of HTTP's Host header
     */
    PacketMaker(FrameEncoding format, List<CameraPictures> pictures, Ledger ledger, String run, String host) {
        this.format = format;
        this.pictures = pictures;
        this.ledger = ledger;
        this.run = run;
        this.host = host;
    }

    /** Makes the next packet of a camera. */
    SimulatedPacket make(int camera, long sequence, long dueNanos, Damage damage) {
        CameraPictures seen = pictures.get((int) ((camera + CameraPictures.PLACES * sequence) % pictures.size()));
        boolean event = format == FrameEncoding.XML || format == FrameEncoding.HTTP;
        boolean vehicle = sequence % 3 == 2;
        List<byte[]> images = new ArrayList<>();
        images.add(unique(seen.scene(), camera, sequence, 0));
        if (event) {
            images.add(unique(vehicle ? seen.plate() : seen.face(), camera, sequence, 1));
        } else if (damage == Damage.NO_PICTURE) {
            images.set(0, noPicture(images.get(0)));
        }
        int bad = damage == Damage.BAD_BASE64 ? (int) (sequence % images.size()) : -1;
        List<SentImage> sent = new ArrayList<>();
        for (int number = 0; number < images.size(); number++) {
            SentImage image = new SentImage(camera, sequence, number, images.get(number), dueNanos);
            if (damage != Damage.NONE && (damage != Damage.BAD_BASE64 || number == bad)) {
                image.becomes(ImageFate.DAMAGED);
            }
            ledger.add(image);
            sent.add(image);
        }
        byte[] bytes;
        if (event) {
            String xml = EventXml.of(vehicle, camera, sequence, Instant.now(), images, bad);
            xml = damage == Damage.MISMATCHED_TAG ? EventXml.mismatched(xml) : xml;
            bytes = format == FrameEncoding.XML ? xml.getBytes(UTF_8) : post(xml.getBytes(UTF_8), damage);
        } else {
            bytes = frame(new Frame(images.get(0), Instant.now(), EventXml.mac(camera)), damage);
        }
        return new SimulatedPacket(bytes, List.copyOf(sent), damage, dueNanos);
    }

    private byte[] unique(byte[] jpeg, int camera, long sequence, int number) {
        return CameraPictures.with(
                "framegate simulate " + run + " camera " + camera + " packet " + sequence + " image " + number, jpeg);
    }

    private byte[] post(byte[] body, Damage damage) {
        int length = damage == Damage.WRONG_LENGTH ? body.length / 2 : body.length;
        byte[] head = ("POST /API/AlarmEvent HTTP/1.1\r\nHost: " + host
                        + "\r\nContent-Type: application/xml; charset=utf-8\r\nContent-Length: " + length
                        + "\r\nConnection: keep-alive\r\n\r\n")
                .getBytes(US_ASCII);
        byte[] request = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        return request;
    }

    private byte[] frame(Frame frame, Damage damage) {
        ByteBuf out = Unpooled.buffer(frame.image().length * 3 / 2 + 512);
        format.encode(frame, out);
        byte[] bytes = ByteBufUtil.getBytes(out);
        if (damage == Damage.WRONG_LENGTH) {
            wrongLength(bytes);
        } else if (damage == Damage.BAD_BASE64) {
            int middle = bytes.length / 2;
            Arrays.fill(bytes, middle, middle + 8, (byte) '!');
        }
        return bytes;
    }

    /** Keeps the markers at both ends, which some receivers check, and the comment, which makes the image unique. */
    private static byte[] noPicture(byte[] jpeg) {
        byte[] damaged = jpeg.clone();
        int comment = ((jpeg[4] & 0xFF) << 8) | (jpeg[5] & 0xFF);
        damaged[3] = 0;
        Arrays.fill(damaged, 4 + comment, jpeg.length - 2, (byte) '-');
        return damaged;
    }

    private void wrongLength(byte[] bytes) {
        switch (format) {
            case LENGTH64, LENGTH64_PLAIN, LENGTH16, LENGTHLINE -> bytes[1] = '?';
            case LE32 -> bytes[3] = 0x7F;
            case BE32 -> bytes[0] = 0x7F;
            case BE64 -> bytes[4] = 0x7F;
            case LE64 -> bytes[7] = 0x7F;
            default -> {
                String name = "Content-Length: ";
                int at = new String(bytes, 0, 256, US_ASCII).indexOf(name);
                bytes[at + name.length()] = '?';
            }
        }
    }
}
