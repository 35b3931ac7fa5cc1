package io.framegate.wire.http;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The nonces of Digest logins (RFC 7616, 5.4). A nonce is valid for five minutes. It carries its number, its time and a
 * signature, so an unused nonce costs no memory.
 *
 * <pre>
 * number  | time    | first half of an HMAC-SHA-256 of both        in base64
 * 8 bytes | 8 bytes | 16 bytes
 * </pre>
 *
 * <p>Remembers the counts of the last 4096 nonces with a successful login, so a request cannot be replayed. Older
 * nonces are invalid. Thread-safe.
 */
final class DigestNonces {

    static final long LIFETIME_NANOS = TimeUnit.MINUTES.toNanos(5);
    static final int MAX_USED = 4096;

    private static final String HMAC = "HmacSHA256";
    private static final int SIGNED_LENGTH = 2 * Long.BYTES;
    private static final int LENGTH = SIGNED_LENGTH + 16;

    private final LongSupplier nanos;
    private final SecretKeySpec key;
    private final AtomicLong last = new AtomicLong();
    private final TreeMap<Long, Counts> used = new TreeMap<>();

    /** Nonces up to this number are invalid unless they are in the table. */
    private long forgotten;

    DigestNonces(LongSupplier nanos) {
        this.nanos = nanos;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        key = new SecretKeySpec(random, HMAC);
    }

    /** Creates a unique nonce. */
    String next() {
        byte[] signed = ByteBuffer.allocate(SIGNED_LENGTH)
                .putLong(last.incrementAndGet())
                .putLong(nanos.getAsLong())
                .array();
        byte[] nonce = Arrays.copyOf(signed, LENGTH);
        System.arraycopy(signature(signed), 0, nonce, SIGNED_LENGTH, LENGTH - SIGNED_LENGTH);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(nonce);
    }

    /**
     * Uses a nonce with the client's count. Returns false if the nonce is invalid or cannot be used with this count.
     */
    boolean use(String nonce, long count) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(nonce);
        } catch (IllegalArgumentException e) {
            return false;
        }
        byte[] signed = Arrays.copyOf(bytes, SIGNED_LENGTH);
        if (bytes.length != LENGTH
                || !MessageDigest.isEqual(signature(signed), Arrays.copyOfRange(bytes, SIGNED_LENGTH, LENGTH))) {
            return false;
        }
        ByteBuffer values = ByteBuffer.wrap(signed);
        return use(values.getLong(), values.getLong(), count);
    }

    private synchronized boolean use(long number, long issued, long count) {
        long now = nanos.getAsLong();
        while (!used.isEmpty() && isExpired(used.firstEntry().getValue().issued, now)) {
            forgotten = used.pollFirstEntry().getKey();
        }
        Counts counts = used.get(number);
        if (isExpired(issued, now) || (counts == null && number <= forgotten)) {
            return false;
        }
        if (counts == null) {
            counts = new Counts(issued);
            used.put(number, counts);
        }
        if (used.size() > MAX_USED) {
            forgotten = used.pollFirstEntry().getKey();
        }
        return counts.take(count);
    }

    private static boolean isExpired(long issued, long now) {
        return now - issued > LIFETIME_NANOS;
    }

    private byte[] signature(byte[] signed) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return Arrays.copyOf(mac.doFinal(signed), LENGTH - SIGNED_LENGTH);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + HMAC, e);
        }
    }

    /**
     * The used counts of a nonce: the highest, and those of the 63 below it, because connections may overtake each
     * other.
     */
    private static final class Counts {

        private final long issued;
        private long highest;
        private long seen;

        Counts(long issued) {
            this.issued = issued;
        }

        /** Accepts a count of 1 or more. Returns false if it was used before or is too far below the highest. */
        boolean take(long count) {
            if (count > highest) {
                long up = count - highest;
                seen = (up < Long.SIZE ? seen << up : 0) | 1;
                highest = count;
                return true;
            }
            long below = highest - count;
            if (count < 1 || below >= Long.SIZE || (seen >>> below & 1) != 0) {
                return false;
            }
            seen |= 1L << below;
            return true;
        }
    }
}
