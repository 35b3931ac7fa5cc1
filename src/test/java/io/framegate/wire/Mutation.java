package io.framegate.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Golden bytes with a few random faults. */
final class Mutation {

    private static final byte[] MARKUP = "<>/!?-[]=\"' \r\n\0A+".getBytes(StandardCharsets.US_ASCII);

    private Mutation() {}

    public static byte[] of(List<Golden> all, Random random) {
        byte[] bytes = pick(all, random).bytes().clone();
        for (int faults = 1 + random.nextInt(4); faults > 0; faults--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(6)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = MARKUP[random.nextInt(MARKUP.length)];
                case 2 -> bytes = join(bytes, at, new byte[] {MARKUP[random.nextInt(MARKUP.length)]}, at);
                case 3 -> bytes = join(bytes, at, new byte[0], Math.min(bytes.length, at + random.nextInt(40)));
                case 4 -> bytes = join(bytes, at, new byte[0], random.nextInt(at + 1));
                default -> {
                    byte[] other = pick(all, random).bytes();
                    bytes = join(bytes, at, other, random.nextBoolean() ? at : bytes.length);
                }
            }
            if (bytes.length == 0) {
                return new byte[] {'<'};
            }
        }
        return bytes;
    }

    private static Golden pick(List<Golden> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }

    private static byte[] join(byte[] bytes, int headEnd, byte[] middle, int tailBegin) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.write(bytes, 0, headEnd);
        joined.writeBytes(middle);
        joined.write(bytes, tailBegin, bytes.length - tailBegin);
        return joined.toByteArray();
    }
}
