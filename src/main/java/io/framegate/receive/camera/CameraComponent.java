package io.framegate.receive.camera;

import java.net.URI;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.component.netty.NettyComponent;
import org.apache.camel.component.netty.NettyConfiguration;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;

/**
 * Listens for cameras: {@code from: camera:0.0.0.0:18000}. It extends Camel's {@code netty:} by the wire formats, the
 * limits, the back-pressure and the answers of the gateway. {@link CameraEndpoint} describes the exchanges.
 *
 * <p>All endpoints share the threads that run the routes, {@code framegate.intake.threads}.
 */
@Component("camera")
@Metadata(excludeProperties = CameraEndpoint.REPLACED + ",executorService,lazyStartProducer,maximumPoolSize")
public final class CameraComponent extends NettyComponent {

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        for (String option : CameraEndpoint.REPLACED.split(",", -1)) {
            if (parameters.containsKey(option)) {
                throw new IllegalArgumentException(
                        option + ": not an option of camera: (expected: an endpoint of netty:"
                                + " with the codec as its decoder, if " + option + " is needed)");
            }
        }
        NettyConfiguration configuration = getConfiguration().copy();
        // The format replaces the codec, the pipeline answers, not the body, and it has threads for the route.
        configuration.setAllowDefaultCodec(false);
        configuration.setSync(false);
        configuration.setUsingExecutorService(false);
        configuration = parseConfiguration(configuration, remaining, parameters);
        if (configuration.getSslContextParameters() == null) {
            configuration.setSslContextParameters(retrieveGlobalSslContextParameters());
        }
        CameraEndpoint endpoint = new CameraEndpoint(uri, this, configuration);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    @Override
    protected NettyConfiguration parseConfiguration(
            NettyConfiguration configuration, String remaining, Map<String, Object> parameters) throws Exception {
        URI address = new URI("tcp://" + remaining);
        if (address.getHost() == null || address.getPort() < 1) {
            throw new IllegalArgumentException(remaining + " (expected: camera:host:port, like camera:0.0.0.0:18000)");
        }
        return super.parseConfiguration(configuration, "tcp://" + remaining, parameters);
    }
}
