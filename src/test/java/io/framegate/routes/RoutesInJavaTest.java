package io.framegate.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.event.CameraEvent;
import io.framegate.event.ImageMark;
import io.framegate.event.Packet;
import io.framegate.event.PacketImage;
import io.framegate.event.RejectReason;
import io.framegate.event.RejectedPacket;
import io.framegate.intake.FramegateHeaders;
import io.framegate.intake.TestListener;
import io.framegate.receive.EventReader;
import io.framegate.receive.PacketReader;
import io.framegate.store.quarantine.DroppedRejectMeters;
import io.framegate.store.quarantine.DroppedRejects;
import io.framegate.store.quarantine.Quarantine;
import io.framegate.store.quarantine.QuarantineFiles;
import io.framegate.store.quarantine.QuarantineSpace;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeSendingEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.util.FileUtil;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The component {@code camera:} does in Java what route files do in YAML. The same packet and the same reject come to
 * the same result on both ways.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ResourceLock(value = TestListener.LOG, mode = ResourceAccessMode.READ)
class RoutesInJavaTest {

    private static final Path DOCUMENTS = Path.of("src/test/resources/event");
    private static final Pattern MARK = Pattern.compile("image:[0-9]");
    private static final String CONFIG = "<config><mac>02:00:5E:10:00:01</mac>";

    private static final List<String> NOT_WELL_FORMED = List.of(
            CONFIG + "<smartType>VFD</smart></config>",
            "<!DOCTYPE a [<!ENTITY b \"c\">]>" + CONFIG + "<smartType>&b;</smartType></config>",
            "<?xml version=\"1.0\" encoding=\"UTF-16\"?>" + CONFIG + "</config>",
            CONFIG,
            "{\"macAddress\": \"02:00:5E:10:00:01\", \"eventType\": VMD}",
            "{\"macAddress\": \"02:00:5E:10:00:01\"",
            "[1, 2",
            "{} and more",
            "[]",
            "   ",
            "not a document");

    /** What is rejected: the body, and the headers that a step before has set. */
    @SuppressWarnings("ImmutableEnumChecker") // Nothing changes them.
    private enum Reject {
        XML(packet(RejectReason.INCOMPLETE, CONFIG)),
        JSON(packet(RejectReason.MALFORMED, "{\"a\": ")),
        BYTES(packet(RejectReason.UNKNOWN_FORMAT, "<noise")),
        NOTHING(packet(RejectReason.INCOMPLETE, "")),
        PASSWORD(packet(RejectReason.UNAUTHORIZED, "GET / HTTP/1.1")),
        NO_PICTURE("no picture".getBytes(UTF_8), RejectReason.NOT_A_PICTURE),
        NOT_STORED("GIF89a".getBytes(UTF_8), RejectReason.NOT_STORED);

        private final Object body;
        private final Map<String, Object> headers;

        Reject(RejectedPacket packet) {
            body = packet;
            headers = Map.of();
        }

        Reject(byte[] image, RejectReason reason) {
            body = image;
            headers = Map.of(
                    FramegateHeaders.REJECT_REASON, reason.tag(),
                    FramegateHeaders.REJECT_DETAIL, "for a reason",
                    FramegateHeaders.CAMERA_ID, "front-door");
        }

        private static RejectedPacket packet(RejectReason reason, String content) {
            byte[] bytes = content.getBytes(UTF_8);
            return new RejectedPacket("xml", reason, "for a reason", bytes, bytes.length, false);
        }
    }

    @TempDir
    private Path directory = Path.of(".");

    private final List<String> written = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private RunningRoutes routes;

    @BeforeAll
    void start() throws Exception {
        routes = RunningRoutes.in(directory, Map.of());
        PacketReader reader = new PacketReader(bean("eventReader", EventReader.class));
        int endpoints = routes.context().getEndpoints().size();
        QuarantineFiles quarantine = new QuarantineFiles(
                routes.context(),
                bean("quarantine", Quarantine.class),
                bean("quarantineSpace", QuarantineSpace.class),
                bean("droppedRejects", DroppedRejects.class));
        assertThat(routes.context().getEndpoints()).as("those of the route").hasSize(endpoints);
        ServiceHelper.startService(quarantine);
        routes.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:read-in-java").process(reader);
                from("direct:quarantine-in-java").process(quarantine);
            }
        });
        routes.context().getManagementStrategy().addEventNotifier(new EventNotifierSupport() {
            @Override
            public void notify(CamelEvent event) {
                if (event instanceof ExchangeSendingEvent sending
                        && sending.getEndpoint().getEndpointUri().startsWith("store:")) {
                    written.add(sending.getEndpoint().getEndpointUri());
                }
            }
        });
    }

    @AfterAll
    void stop() {
        routes.close();
    }

    private <T> T bean(String name, Class<T> type) {
        return routes.context().getRegistry().lookupByNameAndType(name, type);
    }

    /** Each document of the tests, a picture without one, and documents that are read leniently. */
    static List<Packet> packets() throws IOException {
        List<Packet> packets = new ArrayList<>();
        try (Stream<Path> files = Files.walk(DOCUMENTS)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                if (!file.toString().endsWith(".event.json")) {
                    packets.add(packet(Files.readAllBytes(file)));
                }
            }
        }
        NOT_WELL_FORMED.forEach(document -> packets.add(packet(document.getBytes(UTF_8))));
        PacketImage picture = new PacketImage("GIF89a".getBytes(UTF_8), "00", 6, 0, null);
        packets.add(new Packet("http", new byte[0], List.of(picture), "0".repeat(64), 6).ofCamera("front-door"));
        return packets;
    }

    private static Packet packet(byte[] document) {
        List<PacketImage> images = MARK.matcher(new String(document, UTF_8))
                .results()
                .map(MatchResult::start)
                .map(at -> new PacketImage(new byte[1], "00", ImageMark.of(0).length(), at, null))
                .toList();
        return new Packet("http", document, images, "0".repeat(64), document.length);
    }

    @ParameterizedTest
    @MethodSource("packets")
    void packetIsTheSameEvent(Packet packet) {
        Exchange yaml = routes.send("direct:read-event", packet, headers -> {});
        Exchange java = routes.send("direct:read-in-java", packet, headers -> {});
        assertThat(java.getException()).isNull();
        assertThat(java.getMessage().getBody())
                .isInstanceOf(CameraEvent.class)
                .usingRecursiveComparison()
                .isEqualTo(yaml.getMessage().getBody());
        assertThat(ours(java)).isEqualTo(ours(yaml));
        assertThat(java.getVariable(Quarantine.PACKET)).isSameAs(yaml.getVariable(Quarantine.PACKET));
        assertThat(java.getProperty(Exchange.EXCEPTION_CAUGHT)).isNull();
    }

    private static Map<String, Object> ours(Exchange exchange) {
        Map<String, Object> headers = new TreeMap<>(exchange.getMessage().getHeaders());
        headers.keySet().removeIf(name -> !name.startsWith("Framegate"));
        return headers;
    }

    private Map<String, String> kept(String uri, Reject reject) throws IOException {
        written.clear();
        Exchange done = routes.send(uri, reject.body, headers -> headers.putAll(reject.headers));
        assertThat(done.isFailed()).isFalse();
        Map<String, String> kept = new TreeMap<>();
        for (String name : routes.files("quarantine")) {
            // The last part of a name is a number that never comes again, the first one is the time.
            String same = name.replaceFirst("^[0-9]+_[0-9]+_", "").replaceFirst("_[0-9a-z]+(\\.[a-z]+)$", "$1");
            kept.put(same, new String(routes.content("quarantine/" + name), UTF_8));
            Files.delete(routes.path("quarantine/" + name));
        }
        return kept;
    }

    @ParameterizedTest
    @EnumSource
    void rejectIsTheSameFilesThroughTheSameEndpoint(Reject reject) throws IOException {
        Map<String, String> yaml = kept("direct:quarantine", reject);
        List<String> through = List.copyOf(written);
        assertThat(kept("direct:quarantine-in-java", reject)).isEqualTo(yaml);
        assertThat(written).isEqualTo(through);
        assertThat(through).hasSize(yaml.size());
    }

    private double dropped() {
        SimpleMeterRegistry metrics = new SimpleMeterRegistry();
        new DroppedRejectMeters(bean("droppedRejects", DroppedRejects.class)).bindTo(metrics);
        return metrics.find("framegate.quarantine.dropped").functionCounters().stream()
                .mapToDouble(FunctionCounter::count)
                .sum();
    }

    @Test
    void copyThatCannotBeWrittenIsDroppedOnceAndFailsNothing() throws IOException {
        Path quarantine = routes.path("quarantine");
        FileUtil.removeDir(quarantine.toFile());
        Files.write(quarantine, new byte[1]);
        try {
            double before = dropped();
            for (String uri : List.of("direct:quarantine", "direct:quarantine-in-java")) {
                Exchange done = routes.send(uri, Reject.XML.body, headers -> {});
                assertThat(done.isFailed()).as(uri).isFalse();
                assertThat(dropped()).as(uri).isEqualTo(++before);
            }
        } finally {
            Files.delete(quarantine);
        }
    }
}
