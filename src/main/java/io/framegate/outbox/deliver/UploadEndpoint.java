package io.framegate.outbox.deliver;

import org.apache.camel.Consumer;
import org.apache.camel.DelegateEndpoint;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.component.file.remote.RemoteFileEndpoint;
import org.apache.camel.component.file.remote.RemoteFileOperations;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.service.ServiceHelper;

/** Camel's endpoint {@code ftp:}, {@code ftps:} or {@code sftp:}, whose producers are {@link UploadProducer}s. */
public final class UploadEndpoint extends DefaultEndpoint implements DelegateEndpoint {

    private final RemoteFileEndpoint<?> endpoint;

    private UploadEndpoint(RemoteFileEndpoint<?> endpoint) {
        super(endpoint.getEndpointUri(), endpoint.getComponent());
        this.endpoint = endpoint;
    }

    /**
     * Wraps an endpoint of one of these kinds, and returns any other one unchanged, without loading the classes of FTP.
     */
    public static Endpoint of(String uri, Endpoint endpoint) {
        return uri.matches("s?ftps?:.*") && endpoint instanceof RemoteFileEndpoint<?> remote
                ? new UploadEndpoint(remote)
                : endpoint;
    }

    @Override
    public RemoteFileEndpoint<?> getEndpoint() {
        return endpoint;
    }

    /** A new client of the server, not yet connected. */
    public RemoteFileOperations<?> operations() throws Exception {
        return UploadProducer.operations(endpoint);
    }

    @Override
    public Producer createProducer() throws Exception {
        // Camel checks the options in this method.
        endpoint.createProducer();
        return new UploadProducer<>(endpoint);
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        return endpoint.createConsumer(processor);
    }

    @Override
    public boolean isSingletonProducer() {
        return endpoint.isSingletonProducer();
    }

    @Override
    public boolean isLenientProperties() {
        return endpoint.isLenientProperties();
    }

    @Override
    protected void doStart() throws Exception {
        ServiceHelper.startService(endpoint);
    }

    @Override
    protected void doStop() throws Exception {
        ServiceHelper.stopService(endpoint);
    }
}
