package io.framegate.tool.replay;

import io.framegate.tool.replay.ReplayFiles.Item;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Sends one thing after the other to a gateway and says what became of it. For one thread. */
final class Replay implements AutoCloseable {

    private final URI gateway;
    private final HttpPosts posts;
    private final boolean dryRun;
    private @Nullable Recordings recordings;

    /**
     * To this gateway.
     *
     * @param authorization what requests are to carry, or null
     * @param dryRun looks at everything and sends nothing
     */
    Replay(URI gateway, @Nullable String authorization, boolean dryRun) {
        this.gateway = gateway;
        this.posts = new HttpPosts(gateway, authorization);
        this.dryRun = dryRun;
    }

    /**
     * Sends it, if it can be.
     *
     * @throws GatewayAwayException if there is nobody to send it to
     */
    Outcome send(Item item) throws GatewayAwayException {
        try {
            Note note = item.note();
            return note == null ? recording(item.file()) : kept(note);
        } catch (GatewayAwayException e) {
            throw e;
        } catch (NoSuchFileException e) {
            return Outcome.unusable("gone (expected: a file; the quarantine drops the oldest when it is full)");
        } catch (IOException e) {
            return Outcome.unusable("not readable, " + e.getMessage());
        }
    }

    private Outcome recording(Path file) throws IOException {
        return switch (FirstBytes.of(file)) {
            case EMPTY -> Outcome.unusable("empty (expected: what a camera sent)");
            case UNKNOWN ->
                Outcome.unusable(
                        "first bytes fit no wire format (expected: what a camera sent; for pictures there is send)");
            case HTTP -> dryRun ? Outcome.accepted("") : recordings().send(file, true);
            case UNANSWERED ->
                dryRun
                        ? Outcome.sent("bytes=" + Files.size(file))
                        : recordings().send(file, false);
        };
    }

    private Outcome kept(Note note) throws IOException {
        String unusable = Kept.unusable(note.reason());
        if (unusable != null) {
            return Outcome.unusable(unusable);
        }
        Path content = note.content();
        if (!Files.exists(content) || Files.size(content) == 0) {
            return Outcome.unusable("nothing of it was kept (expected: a file beside the note)");
        }
        if (!note.isOfImage()) {
            return dryRun
                    ? Outcome.accepted("")
                    : posts.postPacket(ImageEvent.camera(note), mediaType(content), content);
        }
        String hash = note.text("sha256");
        if (!hash.isEmpty() && !hash.equals(sha256(content))) {
            return Outcome.unusable("image: not whole, its hash differs (expected: sha256 " + hash + ")");
        }
        String type = note.text("mediaType").startsWith("image/") ? note.text("mediaType") : "image/unknown";
        return dryRun
                ? Outcome.accepted("")
                : posts.postEvent(
                        ImageEvent.camera(note), ImageEvent.document(note), ImageEvent.part(note), type, content);
    }

    private static String mediaType(Path content) {
        String name = content.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".xml")) {
            return "application/xml";
        }
        return name.endsWith(".txt") ? "application/json" : "application/octet-stream";
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                DigestInputStream digest = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            digest.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Not before the first recording: a quarantine has none. */
    private Recordings recordings() {
        if (recordings == null) {
            recordings = new Recordings(gateway);
        }
        return recordings;
    }

    @Override
    public void close() {
        if (recordings != null) {
            recordings.close();
        }
    }
}
