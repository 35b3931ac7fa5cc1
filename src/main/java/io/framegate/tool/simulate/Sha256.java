package io.framegate.tool.simulate;

import io.framegate.wire.Hash;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** A hash as four numbers. A run holds one for every image, and as text they would take four times the memory. */
record Sha256(long first, long second, long third, long fourth) {

    static Sha256 of(byte[] bytes) {
        ByteBuffer hash = ByteBuffer.wrap(Hash.newSha256().digest(bytes));
        return new Sha256(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
    }

    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(first) + hex.toHexDigits(second) + hex.toHexDigits(third) + hex.toHexDigits(fourth);
    }
}
