package io.framegate.image;

/**
 * Reads the size of a JPEG 2000: from the box 'ihdr' in 'jp2h' (ITU-T T.800, I.5.3.1), or from the SIZ segment of a
 * codestream alone (A.5.1).
 *
 * <pre>
 * ihdr   height (4) | width (4) | ...
 * SIZ    FF 4F FF 51 | length (2) | capabilities (2) | right, bottom (4 each) | left, top (4 each) | ...
 * </pre>
 */
final class Jpeg2000Header {

    private static final int JP2H = BoxWalk.type("jp2h");
    private static final int IHDR = BoxWalk.type("ihdr");
    private static final int RIGHT = 8;
    private static final int LEFT = 16;

    private Jpeg2000Header() {}

    static ImageHeader inBoxes(byte[] bytes) {
        BoxWalk file = new BoxWalk(bytes, 0, bytes.length);
        if (file.advanceTo(JP2H)) {
            BoxWalk header = new BoxWalk(bytes, file.from(), file.to());
            if (header.advanceTo(IHDR) && header.length() >= 8) {
                long height = Bytes.u32be(bytes, header.from());
                return ImageHeader.sizedOrUnknown(ImageFormat.JP2, Bytes.u32be(bytes, header.from() + 4), height);
            }
        }
        return ImageHeader.unknown(ImageFormat.JP2);
    }

    static ImageHeader codestream(byte[] bytes) {
        if (bytes.length < LEFT + 8) {
            return ImageHeader.unknown(ImageFormat.J2K);
        }
        long width = Bytes.u32be(bytes, RIGHT) - Bytes.u32be(bytes, LEFT);
        long height = Bytes.u32be(bytes, RIGHT + 4) - Bytes.u32be(bytes, LEFT + 4);
        return ImageHeader.sizedOrUnknown(ImageFormat.J2K, width, height);
    }
}
