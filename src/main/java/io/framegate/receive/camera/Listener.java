package io.framegate.receive.camera;

import io.framegate.intake.CameraPipelineFactory;
import io.framegate.intake.ConnectionCount;
import io.framegate.intake.InFlight;
import io.framegate.intake.ListenerAccess;
import io.framegate.intake.WireFormats;
import io.framegate.receive.EventReader;
import io.framegate.receive.PacketReader;
import io.framegate.settings.IntakeSettings;
import io.framegate.settings.Setting;
import io.framegate.settings.StoreSettings;
import io.framegate.store.disk.DiskSpace;
import io.framegate.store.quarantine.DroppedRejects;
import io.framegate.store.quarantine.Quarantine;
import io.framegate.store.quarantine.QuarantineFiles;
import io.framegate.store.quarantine.QuarantineSpace;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutorGroup;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.component.netty.NettyConfiguration;
import org.apache.camel.support.CamelContextHelper;
import org.jspecify.annotations.Nullable;

/**
 * Makes the parts of one listener. Parts that all listeners share are beans of the registry, under the names that
 * {@code routes/listeners.camel.yaml} uses.
 */
record Listener(CamelContext context, CameraOptions options, ListenerOptions values, ListenerAccess access) {

    static Listener of(CameraEndpoint endpoint) {
        CamelContext context = endpoint.getCamelContext();
        CameraOptions options = endpoint.getCameraOptions();
        ListenerOptions values = ListenerOptions.of(endpoint);
        ListenerAccess given = options.getAccess();
        ListenerAccess access = given != null ? given : shared(context, "cameraAccess", ListenerAccess.class);
        if (access.tls() != null && endpoint.getConfiguration().isSsl()) {
            throw new IllegalArgumentException("ssl: true (expected: false, or no "
                    + access.names().tls().certificate().name() + ")");
        }
        return new Listener(context, options, values, access);
    }

    private static <T> T shared(CamelContext context, String name, Class<T> type) {
        return CamelContextHelper.mandatoryLookup(context, name, type);
    }

    /** Puts the pipeline and the codec into this configuration. */
    void configure(NettyConfiguration configuration) {
        configuration.setServerInitializerFactory(pipeline());
        configuration.setDecodersAsList(List.of(formats()));
        if (configuration.getWorkerGroup() == null) {
            configuration.setWorkerGroup(shared(context, "eventLoops", EventLoopGroup.class));
        }
    }

    private CameraPipelineFactory pipeline() {
        CameraPipelineFactory pipeline = new CameraPipelineFactory();
        pipeline.setInFlight(shared(context, "inFlight", InFlight.class));
        pipeline.setConnections(shared(context, "connections", ConnectionCount.class));
        pipeline.setAccess(access);
        pipeline.setThreads(shared(context, "routeThreads", EventExecutorGroup.class));
        pipeline.setMaxInFlight(values.get(IntakeSettings.MAX_IN_FLIGHT));
        pipeline.setMaxConnections(values.get(IntakeSettings.MAX_CONNECTIONS));
        pipeline.setFrameDeadline(values.get(IntakeSettings.FRAME_DEADLINE));
        pipeline.setIdleTimeout(values.get(IntakeSettings.IDLE_TIMEOUT));
        return pipeline;
    }

    private WireFormats formats() {
        WireFormats formats = new WireFormats();
        formats.setFormat(values.text(IntakeSettings.CAMERA_FORMAT));
        formats.setMaxFrameLength(values.text(IntakeSettings.MAX_FRAME_LENGTH));
        formats.setMaxDocumentLength(values.text(IntakeSettings.MAX_DOCUMENT_LENGTH));
        formats.setUser(values.text(IntakeSettings.USER));
        formats.setPassword(values.text(IntakeSettings.PASSWORD));
        formats.setAnswer(values.text(IntakeSettings.ANSWER));
        formats.setCamera(values.text(IntakeSettings.CAMERA));
        formats.setTrustedProxies(values.text(IntakeSettings.TRUSTED_PROXIES));
        return formats;
    }

    /** The processor of the packets, which passes their events or images to this route. */
    PacketProcessor packets(Processor route) {
        PartProcessor parts = new PartProcessor(route, quarantine());
        PacketParts packets = new PacketParts(new PacketReader(events()), options.isSplit(), options.isHeartbeats());
        return new PacketProcessor(context, packets, parts);
    }

    private EventReader events() {
        EventReader events = new EventReader();
        events.setTimeZone(text(StoreSettings.TIME_ZONE));
        events.setTimeZones(text(IntakeSettings.TIME_ZONES));
        events.setNames(text(IntakeSettings.NAMES));
        events.setChannels(values.get(IntakeSettings.CHANNELS));
        events.setKeepalives(text(IntakeSettings.KEEPALIVES));
        return events;
    }

    /** The value as it is written. Throws if it is not valid. */
    private String text(Setting<?> setting) {
        values.get(setting);
        return values.text(setting);
    }

    /** The quarantine; null if rejects go to the route, because the context then needs none. */
    private @Nullable QuarantineFiles quarantine() {
        if (options.getRejects() == RejectTarget.ROUTE) {
            return null;
        }
        QuarantineSpace space = shared(context, "quarantineSpace", QuarantineSpace.class);
        DroppedRejects dropped = shared(context, "droppedRejects", DroppedRejects.class);
        Quarantine quarantine = new Quarantine(space, shared(context, "disk", DiskSpace.class), dropped);
        return new QuarantineFiles(context, quarantine, space, dropped);
    }
}
