package io.framegate.intake.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Reads the private key of a certificate, as certbot, step and OpenSSL write it: PKCS#8, encrypted or not, and the
 * older forms of RSA and EC keys, PKCS#1 and SEC 1. Stateless.
 */
final class PemKey {

    private static final String ENCRYPTED = "ENCRYPTED PRIVATE KEY";

    private static final int INTEGER = 0x02;
    private static final int OCTETS = 0x04;
    private static final int SEQUENCE = 0x30;

    private PemKey() {}

    /** The first private key of the file; throws if it is not the key of this certificate. */
    static PrivateKey read(Pem pem, PublicKey certified, String password) throws GeneralSecurityException, IOException {
        for (Pem.Block block : pem.blocks()) {
            if (block.label().endsWith("PRIVATE KEY")) {
                return KeyFactory.getInstance(certified.getAlgorithm())
                        .generatePrivate(spec(block, certified, password));
            }
        }
        throw new InvalidKeySpecException("no private key");
    }

    /** Whether the first private key needs a password; also true without any key. */
    static boolean isEncrypted(Pem pem) {
        return pem.blocks().stream()
                .map(Pem.Block::label)
                .filter(label -> label.endsWith("PRIVATE KEY"))
                .findFirst()
                .orElse(ENCRYPTED)
                .equals(ENCRYPTED);
    }

    private static PKCS8EncodedKeySpec spec(Pem.Block block, PublicKey certified, String password)
            throws GeneralSecurityException, IOException {
        return switch (block.label()) {
            case "PRIVATE KEY" -> new PKCS8EncodedKeySpec(block.content());
            case ENCRYPTED -> decrypted(new EncryptedPrivateKeyInfo(block.content()), password);
            case "RSA PRIVATE KEY", "EC PRIVATE KEY" -> new PKCS8EncodedKeySpec(wrapped(block.content(), certified));
            default -> throw new InvalidKeySpecException(block.label());
        };
    }

    private static PKCS8EncodedKeySpec decrypted(EncryptedPrivateKeyInfo key, String password)
            throws GeneralSecurityException {
        // With PBES2, the parameters contain the name of the algorithm.
        String name = String.valueOf(key.getAlgParameters());
        String algorithm = name.startsWith("PBE") ? name : key.getAlgName();
        PBEKeySpec secret = new PBEKeySpec(password.toCharArray());
        Cipher cipher = Cipher.getInstance(algorithm);
        cipher.init(
                Cipher.DECRYPT_MODE,
                SecretKeyFactory.getInstance(algorithm).generateSecret(secret),
                key.getAlgParameters());
        return key.getKeySpec(cipher);
    }

    /** Wraps the older form in PKCS#8, with the algorithm identifier from the certificate's public key before it. */
    private static byte[] wrapped(byte[] key, PublicKey certified) {
        byte[] info = certified.getEncoded();
        int start = contentStart(info, 0);
        int length = contentStart(info, start) + contentLength(info, start) - start;
        byte[] algorithm = Arrays.copyOfRange(info, start, start + length);
        return der(SEQUENCE, der(INTEGER, new byte[1]), algorithm, der(OCTETS, key));
    }

    private static int contentStart(byte[] der, int at) {
        return at + 2 + (der[at + 1] < 0 ? der[at + 1] & 0x7F : 0);
    }

    private static int contentLength(byte[] der, int at) {
        if (der[at + 1] >= 0) {
            return der[at + 1];
        }
        int length = 0;
        for (int index = at + 2; index < contentStart(der, at); index++) {
            length = (length << Byte.SIZE) | (der[index] & 0xFF);
        }
        return length;
    }

    private static byte[] der(int tag, byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (length > 0xFF) {
            out.write(0x82);
            out.write(length >> Byte.SIZE);
        } else if (length > 0x7F) {
            out.write(0x81);
        }
        out.write(length);
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** Whether key and certificate match: the certificate verifies a signature of the key. */
    static boolean belongs(PrivateKey key, PublicKey certified) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(
                switch (certified.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> certified.getAlgorithm();
                });
        signature.initSign(key);
        signature.update((byte) 1);
        byte[] signed = signature.sign();
        signature.initVerify(certified);
        signature.update((byte) 1);
        try {
            return signature.verify(signed);
        } catch (SignatureException e) {
            // The key has a curve of another size.
            return false;
        }
    }
}
