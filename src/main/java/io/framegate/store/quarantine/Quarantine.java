package io.framegate.store.quarantine;

import io.framegate.event.Packet;
import io.framegate.event.RejectReason;
import io.framegate.event.RejectedPacket;
import io.framegate.intake.FramegateHeaders;
import io.framegate.log.LogLimit;
import io.framegate.settings.ByteSize;
import io.framegate.store.FileNames;
import io.framegate.store.Metadata;
import io.framegate.store.Stamp;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what was rejected into files for the quarantine, which become the body: the bytes ({@code .bin}, {@code .xml},
 * {@code .txt} for JSON), the packet's document if an image of it was rejected, and last the reason ({@code .json}). Logs one line.
 *
 * <p>Takes a {@link RejectedPacket}, or an event or image with {@link FramegateHeaders#REJECT_REASON}. Thread-safe.
 */
public final class Quarantine implements Processor {

    /** The variable that holds the packet while its event is routed. */
    public static final String PACKET = "packet";

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.rejected");

    private final AtomicLong number = new AtomicLong();
    private final Stamp stamp = new Stamp();
    private final LogLimit lines = new LogLimit();
    private Path directory = Path.of("quarantine");
    private long maxSize = Long.MAX_VALUE;
    private @Nullable QuarantineSpace space;

    /** Where the files go. */
    public void setDirectory(String directory) {
        this.directory = Path.of(directory);
    }

    /** How much the directory may hold, for example {@code 1GB}; the oldest files make room. */
    public void setMaxSize(String size) {
        maxSize = ByteSize.parse(size);
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        Rejected rejected = rejected(exchange, message);
        log(message, rejected);
        if (rejected.reason().equals(RejectReason.UNAUTHORIZED.tag())) {
            // Somebody's wrong password is no packet to keep.
            message.setBody(List.of());
            return;
        }
        String name = name(message, rejected.reason());
        List<QuarantineFile> files = new ArrayList<>();
        if (rejected.content().length > 0) {
            files.add(new QuarantineFile(name + rejected.ending(), rejected.content(), rejected.onlyCopy()));
        }
        if (rejected.document() != null) {
            files.add(new QuarantineFile(name + ending(rejected.document()), rejected.document(), rejected.onlyCopy()));
        }
        files.add(new QuarantineFile(name + ".json", json(message, rejected), rejected.onlyCopy()));
        long length = files.stream().mapToLong(file -> file.content().length).sum();
        message.setBody(space().reserve(length) ? files : files.subList(files.size() - 1, files.size()));
    }

    /** What is kept, whichever step rejected it; the document is that of the packet a rejected image came in. */
    private record Rejected(
            String reason,
            String detail,
            byte[] content,
            String ending,
            byte @Nullable [] document,
            boolean onlyCopy) {}

    /** The tag of a {@link RejectReason}. */
    public static String reason(Message message) {
        return message.getBody() instanceof RejectedPacket packet
                ? packet.reason().tag()
                : message.getHeader(FramegateHeaders.REJECT_REASON, RejectReason.NOT_STORED.tag(), String.class);
    }

    private static Rejected rejected(Exchange exchange, Message message) {
        String reason = reason(message);
        Object body = message.getBody();
        if (body instanceof RejectedPacket packet) {
            String ending = packet.reason() == RejectReason.UNKNOWN_FORMAT ? ".bin" : ending(packet.content());
            return new Rejected(reason, packet.detail(), packet.content(), ending, null, false);
        }
        Packet packet = exchange.getVariable(PACKET, Packet.class);
        String detail = message.getHeader(FramegateHeaders.REJECT_DETAIL, "", String.class);
        if (body instanceof byte[] image) {
            boolean document = packet != null && packet.hasDocument();
            return new Rejected(reason, detail, image, ".bin", document ? packet.document() : null, true);
        }
        byte[] restored = packet == null ? new byte[0] : packet.restored();
        return new Rejected(reason, detail, restored, ending(restored), null, false);
    }

    /** Not {@code .json} for JSON: that is the note's. */
    private static String ending(byte[] content) {
        for (byte first : content) {
            if (first > ' ') {
                return first == '<' ? ".xml" : first == '{' ? ".txt" : ".bin";
            }
        }
        return ".bin";
    }

    private synchronized QuarantineSpace space() {
        if (space == null) {
            space = new QuarantineSpace(directory, maxSize);
        }
        return space;
    }

    private String name(Message message, String reason) {
        String camera = message.getHeader(
                FramegateHeaders.CAMERA_ID,
                message.getHeader(FramegateHeaders.PEER_HOST, "", String.class),
                String.class);
        return stamp.of(Instant.now()) + "_" + FileNames.safe(camera) + "_" + reason + "_"
                + Long.toString(System.currentTimeMillis() % 1_000_000, 36) + number.incrementAndGet();
    }

    private void log(Message message, Rejected rejected) {
        String host = message.getHeader(FramegateHeaders.PEER_HOST, "", String.class);
        lines.log(host, suppressed -> LOG.atWarn()
                .addKeyValue("peer", message.getHeader(FramegateHeaders.PEER))
                .addKeyValue("camera", message.getHeader(FramegateHeaders.CAMERA_ID, "", String.class))
                .addKeyValue("reason", rejected.reason())
                .addKeyValue("detail", rejected.detail())
                .addKeyValue("bytes", rejected.content().length)
                .addKeyValue("suppressed", suppressed)
                .log("rejected"));
    }

    private static byte[] json(Message message, Rejected rejected) {
        Map<String, Object> note = new LinkedHashMap<>();
        note.put("reason", rejected.reason());
        note.put("detail", rejected.detail());
        note.putAll(Metadata.of(message.getHeaders()));
        return Metadata.json(note);
    }
}
