package io.framegate.store.quarantine;

import io.framegate.event.Packet;
import io.framegate.event.RejectReason;
import io.framegate.event.RejectedPacket;
import io.framegate.intake.FramegateHeaders;
import io.framegate.log.LogLimit;
import io.framegate.store.FileNames;
import io.framegate.store.MetadataDocument;
import io.framegate.store.Stamp;
import io.framegate.store.disk.DiskSpace;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a rejected packet or image into a list of messages, one for each file of the quarantine, with its name in
 * {@code CamelFileName}. The first file has the rejected bytes ({@code .bin}, {@code .xml}, or {@code .txt} for JSON),
 * the next one the document of the packet if an image was rejected, and the last one the reason and all headers
 * ({@code .json}). Logs one line.
 *
 * <p>Accepts a {@link RejectedPacket}, and an event or image with {@link FramegateHeaders#REJECT_REASON}. Thread-safe.
 */
public final class Quarantine implements Processor {

    /** The variable that holds the packet while its event is routed. */
    public static final String PACKET = "packet";

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.rejected");

    private final AtomicLong number = new AtomicLong();
    private final Stamp stamp = new Stamp();
    private final LogLimit lines = new LogLimit();
    private final QuarantineSpace space;
    private final DiskSpace disk;
    private final DroppedRejects dropped;

    /** Keeps copies within these limits, and drops those for which there is no space. */
    public Quarantine(QuarantineSpace space, DiskSpace disk, DroppedRejects dropped) {
        this.space = space;
        this.disk = disk;
        this.dropped = dropped;
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        Rejected rejected = rejected(exchange, message);
        log(message, rejected);
        RejectedCopy copy = RejectedCopy.begin(exchange, rejected.onlyCopy());
        if (rejected.reason().equals(RejectReason.UNAUTHORIZED.tag())) {
            // A request with a wrong password has no packet that is worth keeping.
            message.setBody(List.of());
            return;
        }
        Map<String, byte[]> files = files(message, rejected);
        List<Integer> lengths =
                files.values().stream().map(content -> content.length).toList();
        // Other copies only inform the operator. An image that could not be stored is written whenever that is
        // possible.
        boolean isImage = rejected.reason().equals(RejectReason.NOT_STORED.tag());
        if (!isImage && !hasSpace(QuarantineSpace.occupied(lengths))) {
            dropped.drop(message, DroppedRejects.Cause.DISK_FULL, "", copy);
            files.clear();
        } else if (!space.reserve(lengths, isImage)) {
            dropped.drop(message, DroppedRejects.Cause.LIMIT, "", copy);
            files.clear();
        }
        message.setBody(files.entrySet().stream()
                .map(file -> message(exchange, file.getKey(), file.getValue()))
                .toList());
    }

    /** Whether the disk has space for a copy of this size. Deletes older copies if that is enough to make room. */
    private boolean hasSpace(long size) {
        long missing = disk.missingForRejects(space.directory(), size);
        return missing <= 0 || (space.makeRoom(missing) && disk.missingForRejects(space.directory(), size) <= 0);
    }

    /**
     * The kept bytes of a packet or an image.
     *
     * @param document the document of the packet, if one of its images was rejected
     * @param onlyCopy whether no other copy of the image exists
     */
    private record Rejected(
            String reason,
            String detail,
            byte[] content,
            String ending,
            byte @Nullable [] document,
            boolean onlyCopy) {}

    /** The tag of the {@link RejectReason} for which a message was rejected. */
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

    /** JSON gets {@code .txt}, because {@code .json} is the ending of the file with the reason. */
    private static String ending(byte[] content) {
        for (byte first : content) {
            if (first > ' ') {
                return first == '<' ? ".xml" : first == '{' ? ".txt" : ".bin";
            }
        }
        return ".bin";
    }

    private Map<String, byte[]> files(Message message, Rejected rejected) {
        String name = name(message, rejected.reason());
        Map<String, byte[]> files = new LinkedHashMap<>();
        if (rejected.content().length > 0) {
            files.put(name + rejected.ending(), rejected.content());
        }
        if (rejected.document() != null) {
            files.put(name + ending(rejected.document()), rejected.document());
        }
        files.put(name + ".json", json(message, rejected));
        return files;
    }

    private static Message message(Exchange exchange, String name, byte[] content) {
        Message file = new DefaultMessage(exchange);
        file.setHeader(Exchange.FILE_NAME, name);
        file.setBody(content);
        return file;
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
        note.putAll(MetadataDocument.of(message.getHeaders()));
        return MetadataDocument.json(note);
    }
}
