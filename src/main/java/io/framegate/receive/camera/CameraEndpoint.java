package io.framegate.receive.camera;

import io.framegate.event.CameraEvent;
import io.framegate.event.RejectedPacket;
import io.framegate.intake.FramegateHeaders;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.component.netty.NettyConfiguration;
import org.apache.camel.component.netty.NettyConsumer;
import org.apache.camel.component.netty.NettyEndpoint;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;

/**
 * Receives events and images of cameras over TCP.
 *
 * <p>The body is a {@link CameraEvent}, or each of its images as bytes, with the headers of {@link FramegateHeaders}.
 * The camera's answer follows from the outcome of all exchanges of its packet: yes (HTTP 200) if none has failed,
 * otherwise no (503). The exchanges of one packet run one after the other. The packets of a connection are routed in
 * their order.
 *
 * <pre>
 * packet -> [event]                     split=false
 * packet -> [image 0] -> [image 1] ...  split=true
 * reject -> quarantine | [{@link RejectedPacket}]
 * </pre>
 */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "camera",
        extendsScheme = "netty",
        title = "Camera",
        syntax = "camera:host:port",
        consumerOnly = true,
        category = {Category.NETWORKING, Category.IOT})
@Metadata(excludeProperties = CameraEndpoint.REPLACED + ",protocol,lazyStartProducer")
public final class CameraEndpoint extends NettyEndpoint {

    /** Options of {@code netty:} that the pipeline replaces, and the options of UDP and of clients. */
    static final String REPLACED = "allowDefaultCodec,allowSerializedHeaders,autoAppendDelimiter,broadcast,"
            + "clientInitializerFactory,clientMode,connectTimeout,correlationManager,decoderMaxLineLength,decoders,"
            + "delimiter,disconnect,disconnectOnNoReply,encoders,encoding,lazyChannelCreation,networkInterface,"
            + "noReplyLogLevel,producerPoolBlockWhenExhausted,producerPoolEnabled,producerPoolMaxIdle,"
            + "producerPoolMaxTotal,producerPoolMaxWait,producerPoolMinEvictableIdle,producerPoolMinIdle,"
            + "receiveBufferSize,receiveBufferSizePredictor,reconnect,reconnectInterval,requestTimeout,"
            + "sendBufferSize,serverInitializerFactory,sync,textline,transferExchange,udpByteArrayCodec,"
            + "udpConnectionlessSending,useByteBuf,usingExecutorService";

    @UriParam
    private final CameraOptions cameraOptions = new CameraOptions();

    CameraEndpoint(String uri, CameraComponent component, NettyConfiguration configuration) {
        super(uri, component, configuration);
    }

    public CameraOptions getCameraOptions() {
        return cameraOptions;
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        Listener listener = Listener.of(this);
        listener.configure(getConfiguration());
        NettyConsumer consumer = new NettyConsumer(this, listener.packets(processor), getConfiguration());
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException("camera: can only be read from (expected: from, not to)");
    }
}
