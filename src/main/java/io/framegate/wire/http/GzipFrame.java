package io.framegate.wire.http;

import java.util.zip.CRC32;
import java.util.zip.DataFormatException;

/**
 * Reads the header and the trailer of each gzip member (RFC 1952), byte by byte.
 *
 * <pre>
 * 1F 8B 08 flags | time, flags, system | extra field, name, comment, checksum, as the flags say | data | CRC | length
 * 4 bytes        | 6 bytes             | 2 bytes and their number, 0-terminated texts, 2 bytes  |      | 4   | 4
 * </pre>
 *
 * <p>Not thread-safe.
 */
final class GzipFrame {

    private static final int[] MAGIC = {0x1F, 0x8B, 8};
    private static final int FIXED_LENGTH = 10;
    private static final int TRAILER_LENGTH = 8;

    private static final int CHECKSUM = 1 << 1;
    private static final int EXTRA = 1 << 2;
    private static final int NAME = 1 << 3;
    private static final int COMMENT = 1 << 4;
    private static final int RESERVED = 0xE0;

    private final CRC32 checksum = new CRC32();
    private int position;
    private int flags;

    /** Bytes of the extra field, or of the header's checksum, that are still to come. */
    private int left;

    private long length;
    private long trailer;
    private boolean member;

    /** Reads the next byte of a header; returns whether the header ends with it. */
    boolean headerEndsWith(byte b) throws DataFormatException {
        int value = b & 0xFF;
        if (position < FIXED_LENGTH) {
            fixed(value);
        } else {
            optional(value);
        }
        boolean ended = position == FIXED_LENGTH && flags == 0;
        if (ended) {
            position = 0;
            checksum.reset();
            length = 0;
            trailer = 0;
        }
        return ended;
    }

    private void fixed(int value) throws DataFormatException {
        if (position < MAGIC.length && value != MAGIC[position]) {
            throw new DataFormatException("no gzip header");
        }
        if (position == MAGIC.length) {
            if ((value & RESERVED) != 0) {
                throw new DataFormatException("unknown gzip flags");
            }
            // The lowest flag only says that the data may be text.
            flags = value & (CHECKSUM | EXTRA | NAME | COMMENT);
        }
        position++;
    }

    /** The position continues while the length of an extra field, or a checksum, is read. */
    private void optional(int value) {
        if ((flags & EXTRA) != 0) {
            extra(value);
        } else if ((flags & NAME) != 0) {
            flags &= value == 0 ? ~NAME : ~0;
        } else if ((flags & COMMENT) != 0) {
            flags &= value == 0 ? ~COMMENT : ~0;
        } else {
            position++;
            if (position == FIXED_LENGTH + 2) {
                fieldEnds(CHECKSUM);
            }
        }
    }

    private void extra(int value) {
        if (position < FIXED_LENGTH + 2) {
            left |= value << (8 * (position - FIXED_LENGTH));
            position++;
        } else {
            left--;
        }
        if (position == FIXED_LENGTH + 2 && left == 0) {
            fieldEnds(EXTRA);
        }
    }

    private void fieldEnds(int flag) {
        flags &= ~flag;
        position = FIXED_LENGTH;
    }

    /** Counts inflated bytes of the member. */
    void inflated(byte[] bytes, int from, int count) {
        checksum.update(bytes, from, count);
        length += count;
    }

    /** Reads the next byte after a member; returns whether the member ends with it. */
    boolean trailerEndsWith(byte b) throws DataFormatException {
        trailer |= (b & 0xFFL) << (8 * position);
        position++;
        if (position < TRAILER_LENGTH) {
            return false;
        }
        if ((int) trailer != (int) checksum.getValue() || (int) (trailer >>> Integer.SIZE) != (int) length) {
            throw new DataFormatException("wrong gzip checksum or length");
        }
        position = 0;
        member = true;
        return true;
    }

    /** Whether the last member is whole and no other member has begun. */
    boolean isBetweenMembers() {
        return member && position == 0;
    }
}
