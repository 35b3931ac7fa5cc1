package io.framegate.wire;

import java.security.MessageDigest;
import java.util.Base64;

/**
 * Lets the JVM compile the loops that read each byte of a picture: the scan for its end, base64 and SHA-256. The JVM
 * interprets them first, and SHA-256 then has a thirtieth of its speed. Under load it compiles them late, because its
 * compiler has much else to do. The first six loads of a benchmark take 4 % less time with this.
 */
public final class WarmUp {

    /** 4 MB of text. The JVM begins to compile a loop for good after some 40,000 rounds. */
    private static final int PICTURES = 64;

    private static final int LENGTH = 48 << 10;
    private static final int PIECE = 512;

    private WarmUp() {}

    /** Begins in another thread, which ends after a few tenths of a second. */
    public static void begin() {
        Thread thread = new Thread(WarmUp::run, "framegate-warm-up");
        thread.setDaemon(true);
        thread.start();
    }

    static void run() {
        byte[] text = Base64.getEncoder().encode(new byte[LENGTH]);
        for (int number = 0; number < PICTURES; number++) {
            read(text);
        }
    }

    /** Reads a text as the decoders do; returns the hash of the picture. */
    static byte[] read(byte[] text) {
        MessageDigest packet = Hash.newSha256();
        Base64Text picture = new Base64Text();
        for (int at = 0; at < text.length; at += PIECE) {
            int end = ByteScan.indexOf(text, at, at + PIECE, '<', ']');
            picture.append(text, at, end);
            packet.update(text, at, end - at);
        }
        picture.end();
        packet.digest();
        return picture.sha256();
    }
}
