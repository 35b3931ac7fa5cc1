package io.framegate.intake.tls;

import io.framegate.settings.SmallFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The blocks of a PEM file; text between the blocks is ignored. Immutable. */
record Pem(List<Block> blocks) {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*+)-----END \\1-----");

    /** The label of a {@code -----BEGIN <label>-----} line, and the decoded bytes after it. */
    record Block(String label, byte[] content) {}

    static Pem read(Path file) throws IOException {
        List<Block> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(new String(SmallFile.read(file), StandardCharsets.ISO_8859_1));
        try {
            while (block.find()) {
                String content = block.group(2).replaceAll("\\s", "");
                blocks.add(new Block(block.group(1), Base64.getDecoder().decode(content)));
            }
        } catch (IllegalArgumentException e) {
            throw new IOException(e);
        }
        return new Pem(blocks);
    }

    /** The certificates, in their order. */
    List<X509Certificate> certificates() throws GeneralSecurityException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> certificates = new ArrayList<>();
        for (Block block : blocks) {
            if (block.label().equals("CERTIFICATE")) {
                certificates.add(
                        (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.content())));
            }
        }
        return certificates;
    }
}
