package io.framegate.wire;

import io.framegate.event.MacAddress;
import io.netty.buffer.ByteBuf;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Encodes frames for a sender, in every wire format that carries pictures.
 *
 * <pre>
 * LENGTH64        "31724" and spaces, 64 bytes | base64 | "2026-03-29 07:58:21.123456" and spaces, 64 bytes
 * LENGTH64_PLAIN  "31724" and spaces, 64 bytes | base64
 * LENGTH16        "23793" and spaces, 16 bytes | JPEG
 * LENGTHLINE      "23793" and a line feed      | JPEG
 * LE32, BE32      length, 4 bytes              | JPEG
 * LE64, BE64      length, 8 bytes              | JPEG
 * JPEG                                           JPEG
 * MJPEG           a part with its headers      | JPEG
 * XML             an event of an IP camera with one picture, the scene
 * HTTP            the same in a POST
 * HTTP_IMAGE      a POST whose body is the JPEG
 * </pre>
 *
 * <p>The time is the sender's clock in UTC. Stateless.
 */
public enum FrameEncoding {
    XML {
        @Override
        public void encode(Frame frame, ByteBuf out) {
            out.writeBytes(xml(frame));
        }
    },
    HTTP {
        @Override
        public void encode(Frame frame, ByteBuf out) {
            post(out, path(frame), "application/xml", xml(frame));
        }
    },
    HTTP_IMAGE {
        @Override
        public void encode(Frame frame, ByteBuf out) {
            post(out, path(frame), "image/jpeg", frame.image());
        }
    },
    LENGTH64 {
        @Override
        public void encode(Frame frame, ByteBuf out) {
            base64(frame, out);
            String time = TIME.format(frame.sentAt().atZone(ZoneOffset.UTC));
            out.writeBytes(padded(time, 64));
        }
    },
    LENGTH64_PLAIN {
        @Override
        public void encode(Frame frame, ByteBuf out) {
            base64(frame, out);
        }
    },
    LENGTH16 {
        @Override
        public void encode(Frame frame, ByteBuf out) {
            out.writeBytes(padded(Integer.toString(frame.image().length), 16)).writeBytes(frame.image());
        }
    },
    LENGTHLINE {
        @Override
        public void encode(Frame frame, ByteBuf out) {
            String line = frame.image().length + "\n";
            out.writeBytes(line.getBytes(StandardCharsets.US_ASCII)).writeBytes(frame.image());
        }
    },
    LE32 {
        @Override
        public void encode(Frame frame, ByteBuf out) {
            out.writeIntLE(frame.image().length).writeBytes(frame.image());
        }
    },
    BE32 {
        @Override
        public void encode(Frame frame, ByteBuf out) {
            out.writeInt(frame.image().length).writeBytes(frame.image());
        }
    },
    LE64 {
        @Override
        public void encode(Frame frame, ByteBuf out) {
            out.writeLongLE(frame.image().length).writeBytes(frame.image());
        }
    },
    BE64 {
        @Override
        public void encode(Frame frame, ByteBuf out) {
            out.writeLong(frame.image().length).writeBytes(frame.image());
        }
    },
    JPEG {
        @Override
        public void encode(Frame frame, ByteBuf out) {
            out.writeBytes(frame.image());
        }
    },
    MJPEG {
        @Override
        public void encode(Frame frame, ByteBuf out) {
            String head = "--frame\r\nContent-Type: image/jpeg\r\nContent-Length: " + frame.image().length + "\r\n\r\n";
            out.writeBytes(head.getBytes(StandardCharsets.US_ASCII)).writeBytes(frame.image());
            out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
    };

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

    /** Writes one frame. */
    public abstract void encode(Frame frame, ByteBuf out);

    /** The name on the command line: {@code length64-plain}. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether the gateway answers each frame. */
    public boolean isAnswered() {
        return this == HTTP || this == HTTP_IMAGE;
    }

    /** Whether a frame carries the camera's name. */
    public boolean namesCamera() {
        return this == XML || this == HTTP || this == HTTP_IMAGE;
    }

    /** The encoding with this {@link #tag()}, or null. */
    public static @Nullable FrameEncoding named(String tag) {
        return Arrays.stream(values())
                .filter(encoding -> encoding.tag().equals(tag))
                .findFirst()
                .orElse(null);
    }

    /** All names, for messages. */
    public static String tags() {
        return Arrays.stream(values()).map(FrameEncoding::tag).collect(Collectors.joining(", "));
    }

    private static void base64(Frame frame, ByteBuf out) {
        byte[] text = Base64.getEncoder().encode(frame.image());
        out.writeBytes(padded(Integer.toString(text.length), 64)).writeBytes(text);
    }

    private static byte[] padded(String text, int length) {
        byte[] padded = new byte[length];
        Arrays.fill(padded, (byte) ' ');
        ByteBuffer.wrap(padded).put(text.getBytes(StandardCharsets.US_ASCII));
        return padded;
    }

    private static byte[] xml(Frame frame) {
        String id = frame.cameraId();
        String mac = id == null ? null : MacAddress.normalised(id);
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, frame.sentAt());
        String text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + "<config version=\"1.7\" xmlns=\"http://www.ipc.com/ver10\">\n"
                + "<smartType type=\"openAlramObj\">SNAPSHOT</smartType>\n"
                + "<currentTime type=\"tint64\">" + micros + "</currentTime>\n"
                + (mac == null ? "" : "<mac type=\"string\">" + mac + "</mac>\n")
                + (id == null ? "" : "<deviceName type=\"string\">" + escaped(id) + "</deviceName>\n")
                + "<sourceDataInfo><dataType type=\"uint32\">0</dataType><sourceBase64Length type=\"uint32\">"
                + (frame.image().length + 2) / 3 * 4
                + "</sourceBase64Length><sourceBase64Data type=\"jpegBase64\">"
                + Base64.getEncoder().encodeToString(frame.image())
                + "</sourceBase64Data></sourceDataInfo>\n"
                + "</config>\n";
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String path(Frame frame) {
        String id = frame.cameraId();
        return id == null ? "/" : "/?camera=" + URLEncoder.encode(id, StandardCharsets.UTF_8);
    }

    private static void post(ByteBuf out, String path, String type, byte[] body) {
        String head = "POST " + path + " HTTP/1.1\r\nHost: framegate\r\nContent-Type: " + type + "\r\nContent-Length: "
                + body.length + "\r\nConnection: keep-alive\r\n\r\n";
        out.writeBytes(head.getBytes(StandardCharsets.US_ASCII)).writeBytes(body);
    }
}
