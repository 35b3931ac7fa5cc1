package io.framegate.tool.replay;

import io.framegate.tool.FrameClient;
import io.framegate.tool.HostPort;
import io.framegate.tool.replay.ReplayFiles.Item;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Sends the items to a gateway, one after the other, and returns what became of each. For one thread. */
final class Replayer implements AutoCloseable {

    private final boolean dryRun;
    private final FrameClient client;
    private final GatewayPosts posts;
    private final Recordings recordings;

    /**
     * Creates a replayer. It connects when the first file is sent.
     *
     * @param authorization the value of the header in requests, or null
     * @param dryRun whether to read everything and send nothing
     */
    Replayer(HostPort gateway, @Nullable String authorization, boolean dryRun) {
        this.dryRun = dryRun;
        this.client = new FrameClient(gateway, 1);
        this.posts = new GatewayPosts(client, authorization);
        this.recordings = new Recordings(client);
    }

    /**
     * Sends an item if that is possible.
     *
     * @throws GatewayAwayException if the gateway cannot be reached or does not answer
     */
    ReplayOutcome send(Item item) throws GatewayAwayException {
        try {
            QuarantineNote note = item.note();
            return note == null ? recording(item.file()) : kept(note);
        } catch (GatewayAwayException e) {
            throw e;
        } catch (InterruptedIOException e) {
            // Timeouts are InterruptedIOExceptions, too.
            throw new GatewayAwayException(client.to(), e);
        } catch (NoSuchFileException e) {
            return ReplayOutcome.unusable("gone (expected: a file; the quarantine drops the oldest when it is full)");
        } catch (IOException e) {
            return ReplayOutcome.unusable("not readable, " + e.getMessage());
        }
    }

    private ReplayOutcome recording(Path file) throws IOException {
        return switch (FirstBytes.of(file)) {
            case EMPTY -> ReplayOutcome.unusable("empty (expected: bytes of a camera)");
            case UNKNOWN ->
                ReplayOutcome.unusable(
                        "first bytes fit no wire format (expected: bytes of a camera; framegate send sends pictures)");
            case HTTP -> dryRun ? ReplayOutcome.accepted("") : recordings.send(file, true);
            case UNANSWERED -> dryRun ? ReplayOutcome.sent("bytes=" + Files.size(file)) : recordings.send(file, false);
        };
    }

    private ReplayOutcome kept(QuarantineNote note) throws IOException {
        String unusable = ReplayableReasons.unusable(note.reason());
        if (unusable != null) {
            return ReplayOutcome.unusable(unusable);
        }
        Path content = note.content();
        if (!Files.exists(content) || Files.size(content) == 0) {
            return ReplayOutcome.unusable("its bytes were not kept (expected: a file beside the note)");
        }
        if (!note.isOfImage()) {
            return dryRun
                    ? ReplayOutcome.accepted("")
                    : posts.postPacket(ImageEvent.camera(note), mediaType(content), content);
        }
        String hash = note.text("sha256");
        if (!hash.isEmpty() && !hash.equals(sha256(content))) {
            return ReplayOutcome.unusable("image: not whole, its hash differs (expected: sha256 " + hash + ")");
        }
        String type = note.text("mediaType").startsWith("image/") ? note.text("mediaType") : "image/unknown";
        return dryRun
                ? ReplayOutcome.accepted("")
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

    @Override
    public void close() {
        posts.close();
        client.close();
    }
}
