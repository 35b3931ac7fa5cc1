package io.framegate.wire.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.framegate.it.support.Pictures;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/**
 * A body of a request as a camera, a script or a mistake may make it: XML, JSON, parts, a form, a picture or bytes of
 * no kind, with pictures in random places. Knows what must not be lost.
 */
final class RandomBody {

    private static final String[] KEYS = {
        "image", "Content", "pic", "data", "snapshot_jpeg", "plate_crop", "a-b", "x", "Base64", "faceImageData"
    };
    private static final String[] TYPES = {
        "application/octet-stream", "image/jpeg", "image/heic", "text/plain", "application/x-thermal", ""
    };

    private final Random random;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final List<byte[]> pictures = new ArrayList<>();
    private final List<byte[]> unknown = new ArrayList<>();
    private String contentType = "";

    RandomBody(Random random) {
        this.random = random;
        switch (random.nextInt(8)) {
            case 0, 1 -> {
                contentType = oneOf("application/json", "text/plain", "application/octet-stream", "");
                write(json());
            }
            case 2, 3 -> {
                contentType = oneOf("application/xml", "text/xml", "", "application/octet-stream");
                write(xml());
            }
            case 4, 5, 6 -> parts();
            default -> single();
        }
    }

    String contentType() {
        return contentType;
    }

    byte[] bytes() {
        return body.toByteArray();
    }

    /** The pictures in the body. */
    List<byte[]> pictures() {
        return pictures;
    }

    /** Bytes in the body that are of no known kind. */
    List<byte[]> unknown() {
        return unknown;
    }

    private String oneOf(String... texts) {
        return texts[random.nextInt(texts.length)];
    }

    private void write(String latin1) {
        body.writeBytes(latin1.getBytes(ISO_8859_1));
    }

    private byte[] picture() {
        byte[] picture = Pictures.bareJpeg(600 + random.nextInt(3000));
        pictures.add(picture);
        return picture;
    }

    private byte[] unknownBytes() {
        byte[] bytes = new byte[200 + random.nextInt(3000)];
        random.nextBytes(bytes);
        // No beginning of a document, a picture or a boundary, and no white space at the ends.
        bytes[0] = (byte) 0xC3;
        bytes[bytes.length - 1] = (byte) 0xC3;
        unknown.add(bytes);
        return bytes;
    }

    private String base64(byte[] picture) {
        String text = Base64.getEncoder().encodeToString(picture);
        if (random.nextInt(4) == 0) {
            text = text.replace("=", "");
        }
        return random.nextInt(3) == 0 ? "data:image/" + oneOf("jpeg", "png") + ";base64," + text : text;
    }

    private String jsonText() {
        String text = base64(picture());
        return switch (random.nextInt(4)) {
            case 0 -> text.replace("/", "\\/");
            case 1 -> text.replace("+", "\\u002b");
            case 2 -> text.length() < 200 ? text : text.substring(0, 100) + "\\r\\n" + text.substring(100);
            default -> text;
        };
    }

    private String json() {
        StringBuilder json = new StringBuilder();
        value(json, 0);
        return json.toString();
    }

    private void value(StringBuilder json, int depth) {
        int kind = depth == 0 ? 0 : random.nextInt(depth > 5 ? 3 : 6);
        switch (kind) {
            case 1 -> json.append('"').append(jsonText()).append('"');
            case 2 -> json.append(oneOf("17", "true", "null", "\"A B 123\"", "\"\"", "1.5e3", "\"/9j\"", "\"Qk\""));
            case 3 -> {
                json.append('[');
                for (int item = random.nextInt(3); item >= 0; item--) {
                    value(json, depth + 1);
                    json.append(item > 0 ? "," : "");
                }
                json.append(random.nextInt(10) == 0 ? ",]" : "]");
            }
            default -> {
                json.append('{');
                for (int field = random.nextInt(4); field >= 0; field--) {
                    json.append(oneOf("", " ", "\n"))
                            .append('"')
                            .append(oneOf(KEYS))
                            .append(field);
                    json.append("\":");
                    value(json, depth + 1);
                    json.append(field > 0 ? "," : "");
                }
                json.append('}');
            }
        }
    }

    private String xml() {
        StringBuilder xml = new StringBuilder(oneOf("<?xml version=\"1.0\"?>", "", "\n"));
        element(xml, 0);
        return xml.toString();
    }

    private void element(StringBuilder xml, int depth) {
        String name = oneOf("config", "item", "image", "targetBase64Data", "Picture", "a")
                .concat(depth == 0 ? "Root" : "");
        xml.append('<').append(name);
        if (random.nextInt(6) == 0) {
            xml.append(" content=\"").append(base64(picture())).append('"');
        }
        xml.append('>');
        if (name.equals("targetBase64Data")) {
            // All of such an element is one image.
            xml.append(Base64.getEncoder().encodeToString(picture()));
        } else if (depth > 0 && random.nextInt(3) == 0) {
            String text = base64(picture());
            xml.append(random.nextBoolean() ? text : "<![CDATA[" + text + "]]>");
        } else if (depth < 5) {
            for (int child = random.nextInt(3); child >= 0; child--) {
                element(xml, depth + 1);
            }
        }
        xml.append("</").append(name).append('>');
    }

    private void parts() {
        String boundary = oneOf("b", "MIME_boundary", "----WebKitFormBoundary7MA4YWxk", "0f3a9");
        contentType =
                oneOf("multipart/form-data; boundary=" + boundary, "multipart/mixed; boundary=\"" + boundary + "\"");
        String end = oneOf("\r\n", "\n");
        if (random.nextInt(8) == 0) {
            write("a preamble" + end);
        }
        for (int part = random.nextInt(4); part >= 0; part--) {
            write("--" + boundary + end);
            part(end);
            write(end);
        }
        if (random.nextInt(6) > 0) {
            write("--" + boundary + "--" + oneOf(end, ""));
        }
    }

    private void part(String end) {
        String disposition = "Content-Disposition: form-data; name=\"" + oneOf(KEYS) + "\"" + end;
        if (random.nextInt(8) == 0) {
            write(end);
        }
        switch (random.nextInt(6)) {
            case 0 -> {
                write(disposition + "Content-Type: " + oneOf("application/json", "text/plain") + end + end);
                write(json());
            }
            case 1 -> {
                write(disposition + "Content-Type: application/xml" + end + end);
                write(xml());
            }
            case 2 -> {
                write(disposition + typed(end));
                body.writeBytes(unknownBytes());
            }
            case 3 -> {
                write(disposition + end);
                write(base64(picture()));
            }
            case 4 -> {
                write("Content-Transfer-Encoding: base64" + end + "Content-Type: image/jpeg" + end + end);
                write(Base64.getEncoder().encodeToString(picture()));
            }
            default -> {
                write(disposition + typed(end));
                body.writeBytes(picture());
            }
        }
    }

    private String typed(String end) {
        String type = oneOf(TYPES);
        return (type.isEmpty() ? "" : "Content-Type: " + type + end) + end;
    }

    private void single() {
        switch (random.nextInt(4)) {
            case 0 -> {
                contentType = oneOf(TYPES);
                body.writeBytes(picture());
            }
            case 1 -> {
                contentType = oneOf("text/plain", "");
                write(base64(picture()));
            }
            case 2 -> {
                contentType = "application/x-www-form-urlencoded";
                write("name=gate&" + oneOf(KEYS) + "=" + URLEncoder.encode(base64(picture()), ISO_8859_1));
            }
            default -> {
                contentType = oneOf(TYPES);
                body.writeBytes(unknownBytes());
            }
        }
    }
}
