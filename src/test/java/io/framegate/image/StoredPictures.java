package io.framegate.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Creates headers of pictures that are stored without being decoded. Their pixels are missing. */
public final class StoredPictures {

    private StoredPictures() {}

    /** One of each kind, all of 320 x 240 pixels. The first word is the name of the format. */
    public static Map<String, byte[]> all() {
        Map<String, byte[]> all = new LinkedHashMap<>();
        all.put("avif", heif("avif", "mif1miaf", 320, 240));
        all.put("avif sequence", heif("avis", "msf1avif", 320, 240));
        all.put("avif by its compatible brand", heif("mif1", "miafavif", 320, 240));
        all.put("heic", heif("heic", "mif1heic", 320, 240));
        all.put("heic of ten bits", heif("heix", "mif1heix", 320, 240));
        all.put("heic by a common brand", heif("mif1", "heicmiaf", 320, 240));
        all.put("heic sequence", heif("msf1", "hevcheic", 320, 240));
        all.put("jxl", jxlSmall(320, 240));
        all.put("jxl of 13 bits", jxl(320, 240, 1));
        all.put("jxl in boxes", jxlInBoxes("jxlc", jxl(320, 240, 2)));
        all.put("jxl in parts", jxlInBoxes("jxlp", joined(new byte[4], jxl(320, 240, 3))));
        all.put("jp2", jp2(320, 240));
        all.put("j2k", j2k(320, 240));
        all.put("tiff", tiff(ByteOrder.LITTLE_ENDIAN, 320, 240));
        all.put("tiff big-endian", tiff(ByteOrder.BIG_ENDIAN, 320, 240));
        all.put("tiff with long offsets", bigTiff(ByteOrder.LITTLE_ENDIAN, 320, 240));
        all.put("tiff big-endian with long offsets", bigTiff(ByteOrder.BIG_ENDIAN, 320, 240));
        return all;
    }

    /** Two items: a small one, and the primary one, whose size is the third property. */
    public static byte[] heif(String major, String compatible, int width, int height) {
        byte[] ipco = box("ipco", ispe(16, 12), box("pixi", new byte[8]), ispe(width, height));
        byte[] ipma = box("ipma", new byte[4], i32(2), new byte[] {0, 7, 1, 1}, new byte[] {0, 8, 2, (byte) 0x83, 2});
        byte[] meta = box("meta", new byte[4], box("pitm", new byte[4], new byte[] {0, 8}), box("iprp", ipco, ipma));
        return joined(box("ftyp", ascii(major), new byte[4], ascii(compatible)), meta, box("mdat", new byte[40]));
    }

    /** Sides that are multiples of 8, up to 256, or a width of 4/3 of the height. */
    static byte[] jxlSmall(int width, int height) {
        Bits bits = new Bits();
        bits.put(1, 1);
        bits.put(height / 8 - 1, 5);
        bits.put(width * 3 == height * 4 ? 3 : 0, 3);
        if (width * 3 != height * 4) {
            bits.put(width / 8 - 1, 5);
        }
        return bits.codestream();
    }

    /** A JPEG XL whose sides are in fields of 9, 13, 18 or 30 bits. */
    public static byte[] jxl(int width, int height, int field) {
        int[] lengths = {9, 13, 18, 30};
        Bits bits = new Bits();
        bits.put(0, 1);
        bits.put(field, 2);
        bits.put(height - 1, lengths[field]);
        bits.put(0, 3);
        bits.put(field, 2);
        bits.put(width - 1, lengths[field]);
        return bits.codestream();
    }

    /** A JPEG XL whose width follows from its height. */
    static byte[] jxlRatio(int ratio, int height) {
        Bits bits = new Bits();
        bits.put(0, 1);
        bits.put(3, 2);
        bits.put(height - 1, 30);
        bits.put(ratio, 3);
        return bits.codestream();
    }

    static byte[] jxlInBoxes(String type, byte[] content) {
        return joined(
                box("JXL ", i32(0x0D0A870A)), box("ftyp", ascii("jxl "), i32(0), ascii("jxl ")), box(type, content));
    }

    public static byte[] jp2(int width, int height) {
        byte[] ihdr = box("ihdr", i32(height), i32(width), new byte[] {0, 3, 7, 7, 0, 0});
        return joined(
                box("jP  ", i32(0x0D0A870A)),
                box("ftyp", ascii("jp2 "), i32(0), ascii("jp2 ")),
                box("jp2h", ihdr),
                box("jp2c", j2k(width, height)));
    }

    /** A codestream whose picture begins at 16, 8 of its grid. */
    public static byte[] j2k(int width, int height) {
        return joined(
                i32(0xFF4FFF51),
                new byte[] {0, 47, 0, 0},
                i32(width + 16),
                i32(height + 8),
                i32(16),
                i32(8),
                new byte[27]);
    }

    /** A directory after the pixels, as most writers place it. */
    public static byte[] tiff(ByteOrder order, int width, int height) {
        ByteBuffer tiff = ByteBuffer.allocate(100).order(order);
        tiff.put(ascii(order == ByteOrder.LITTLE_ENDIAN ? "II" : "MM")).putShort((short) 42);
        tiff.putInt(40).position(40).putShort((short) 3);
        entry(tiff, 254, 4, 0);
        entry(tiff, 256, 3, width);
        entry(tiff, 257, 4, height);
        return tiff.array();
    }

    static byte[] bigTiff(ByteOrder order, int width, int height) {
        ByteBuffer tiff = ByteBuffer.allocate(100).order(order);
        tiff.put(ascii(order == ByteOrder.LITTLE_ENDIAN ? "II" : "MM")).putShort((short) 43);
        tiff.putShort((short) 8).putShort((short) 0).putLong(24).position(24).putLong(2);
        for (int side : new int[] {width, height}) {
            tiff.putShort((short) (side == width ? 256 : 257)).putShort((short) 16);
            tiff.putLong(1).putLong(side);
        }
        return tiff.array();
    }

    private static void entry(ByteBuffer tiff, int tag, int type, int value) {
        tiff.putShort((short) tag).putShort((short) type).putInt(1);
        if (type == 3) {
            tiff.putShort((short) value).putShort((short) 0);
        } else {
            tiff.putInt(value);
        }
    }

    static byte[] ispe(int width, int height) {
        return box("ispe", new byte[4], i32(width), i32(height));
    }

    /** A box with these contents. */
    static byte[] box(String type, byte[]... contents) {
        byte[] content = joined(contents);
        return joined(i32(8 + content.length), ascii(type), content);
    }

    static byte[] i32(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] joined(byte[]... parts) {
        return Pictures.joined(parts);
    }

    /** The least significant bit first. */
    private static final class Bits {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int open;
        private int count;

        void put(int value, int length) {
            for (int i = 0; i < length; i++) {
                open |= (value >> i & 1) << count++;
                if (count == 8) {
                    bytes.write(open);
                    open = count = 0;
                }
            }
        }

        byte[] codestream() {
            put(0, 16);
            return joined(new byte[] {(byte) 0xFF, 0x0A}, bytes.toByteArray());
        }
    }
}
