package io.framegate.tool.replay;

import io.framegate.event.RejectReason;
import io.framegate.tool.FrameClient;
import io.framegate.tool.HostPort;
import io.framegate.tool.replay.ReplayFiles.Item;
import io.framegate.tool.replay.ReplayOutcome.Kind;
import io.framegate.wire.Hash;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends the items to a gateway, one after the other, and returns the outcome of each. For one thread. */
final class Replayer implements AutoCloseable {

    private static final String PART = "only a part of it came (expected: a whole packet)";
    private static final String BEGINNING = "not a packet, and only its beginning was kept (expected: a whole packet)";

    /** The reasons why packets and images with these tags cannot be sent again. */
    private static final Map<String, String> UNUSABLE = Map.of(
            RejectReason.TOO_LONG.tag(), "only its first 64 KB were kept (expected: a whole packet)",
            RejectReason.UNKNOWN_FORMAT.tag(), BEGINNING,
            RejectReason.BAD_LENGTH.tag(), BEGINNING,
            RejectReason.INCOMPLETE.tag(), PART,
            RejectReason.DEADLINE_EXCEEDED.tag(), PART,
            RejectReason.BAD_BASE64.tag(), "the image was damaged when it was received (expected: a whole image)",
            RejectReason.FORBIDDEN_DTD.tag(), "the gateway always refuses a document type declaration (expected: none)",
            RejectReason.BAD_HTTP.tag(), "the request could not be read (expected: a whole request)",
            RejectReason.UNAUTHORIZED.tag(), "its bytes were not kept (expected: a whole packet)");

    private final boolean dryRun;
    private final FrameClient client;
    private final GatewayPosts posts;
    private final Recordings recordings;

    /**
     * Creates a replayer. It connects when the first file is sent.
     *
     * @param tls null for plain TCP
     * @param authorization the value of the header in requests, or null
     * @param dryRun whether to read everything and send nothing
     */
    Replayer(HostPort gateway, @Nullable SslContext tls, @Nullable String authorization, boolean dryRun) {
        this.dryRun = dryRun;
        this.client = new FrameClient(gateway, 1, tls);
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
            return new ReplayOutcome(
                    Kind.UNUSABLE, "gone (expected: a file; the quarantine drops the oldest when it is full)");
        } catch (IOException e) {
            return new ReplayOutcome(Kind.UNUSABLE, "not readable, " + e.getMessage());
        }
    }

    private ReplayOutcome recording(Path file) throws IOException {
        return switch (FirstBytes.of(file)) {
            case EMPTY -> new ReplayOutcome(Kind.UNUSABLE, "empty (expected: bytes of a camera)");
            case UNKNOWN ->
                new ReplayOutcome(
                        Kind.UNUSABLE,
                        "first bytes fit no wire format (expected: bytes of a camera; framegate send sends pictures)");
            case HTTP -> dryRun ? new ReplayOutcome(Kind.ACCEPTED, "") : recordings.send(file, true);
            case UNANSWERED ->
                dryRun ? new ReplayOutcome(Kind.SENT, "bytes=" + Files.size(file)) : recordings.send(file, false);
        };
    }

    private ReplayOutcome kept(QuarantineNote note) throws IOException {
        String unusable = UNUSABLE.get(note.reason());
        if (unusable != null) {
            return new ReplayOutcome(Kind.UNUSABLE, unusable);
        }
        Path content = note.content();
        if (!Files.exists(content) || Files.size(content) == 0) {
            return new ReplayOutcome(Kind.UNUSABLE, "its bytes were not kept (expected: a file beside the note)");
        }
        if (!note.isOfImage()) {
            return dryRun
                    ? new ReplayOutcome(Kind.ACCEPTED, "")
                    : posts.postPacket(ImageEvent.camera(note), mediaType(content), content);
        }
        String hash = note.text("sha256");
        if (!hash.isEmpty() && !hash.equals(sha256(content))) {
            return new ReplayOutcome(
                    Kind.UNUSABLE, "image: not whole, its hash differs (expected: sha256 " + hash + ")");
        }
        String type = note.text("mediaType").startsWith("image/") ? note.text("mediaType") : "image/unknown";
        return dryRun
                ? new ReplayOutcome(Kind.ACCEPTED, "")
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
        try (DigestInputStream in = new DigestInputStream(Files.newInputStream(file), Hash.newSha256())) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        }
    }

    @Override
    public void close() {
        posts.close();
        client.close();
    }
}
