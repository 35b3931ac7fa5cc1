package io.framegate.route;

import io.framegate.event.FramegateHeaders;
import io.framegate.event.LogLimit;
import io.framegate.event.Packet;
import io.framegate.event.RejectReason;
import io.framegate.event.RejectedPacket;
import io.framegate.image.FileNames;
import io.framegate.intake.ByteSize;
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
 * Turns what was rejected into files for the quarantine, which become the body: the bytes ({@code .bin}, {@code .xml}), the
 * packet's document if an image of it was rejected, and last the reason ({@code .json}). Logs one line.
 *
 * <p>Takes a {@link RejectedPacket}, or an event or image with {@link FramegateHeaders#REJECT_REASON}. Thread-safe.
 */
public final class Quarantine implements Processor {

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
        Packet packet = exchange.getVariable(EventReader.PACKET, Packet.class);
        String reason;
        String detail;
        byte[] content;
        String ending = "xml";
        if (message.getBody() instanceof RejectedPacket rejected) {
            reason = rejected.reason().tag();
            detail = rejected.detail();
            content = rejected.content();
            ending = rejected.reason() == RejectReason.UNKNOWN_FORMAT ? "bin" : "xml";
        } else {
            reason = message.getHeader(FramegateHeaders.REJECT_REASON, RejectReason.NOT_STORED.tag(), String.class);
            detail = message.getHeader(FramegateHeaders.REJECT_DETAIL, "", String.class);
            boolean image = message.getBody() instanceof byte[];
            content = image ? message.getBody(byte[].class) : packet == null ? new byte[0] : packet.restored();
            ending = image ? "bin" : "xml";
        }
        log(message, reason, detail, content.length);
        String name = name(message, reason);
        List<QuarantineFile> files = new ArrayList<>();
        if (content.length > 0) {
            files.add(new QuarantineFile(name + "." + ending, content));
        }
        if (packet != null && message.getBody() instanceof byte[]) {
            files.add(new QuarantineFile(name + ".xml", packet.document()));
        }
        files.add(new QuarantineFile(name + ".json", json(message, reason, detail)));
        long length = files.stream().mapToLong(file -> file.content().length).sum();
        message.setBody(space().reserve(length) ? files : files.subList(files.size() - 1, files.size()));
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

    private void log(Message message, String reason, String detail, int length) {
        String host = message.getHeader(FramegateHeaders.PEER_HOST, "", String.class);
        lines.log(host, suppressed -> LOG.atWarn()
                .addKeyValue("peer", message.getHeader(FramegateHeaders.PEER))
                .addKeyValue("camera", message.getHeader(FramegateHeaders.CAMERA_ID))
                .addKeyValue("reason", reason)
                .addKeyValue("detail", detail)
                .addKeyValue("bytes", length)
                .addKeyValue("suppressed", suppressed)
                .log("rejected"));
    }

    private static byte[] json(Message message, String reason, String detail) {
        Map<String, Object> note = new LinkedHashMap<>();
        note.put("reason", reason);
        note.put("detail", detail);
        note.putAll(Metadata.of(message));
        return Metadata.json(note);
    }
}
