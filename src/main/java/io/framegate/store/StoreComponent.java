package io.framegate.store;

import java.io.File;
import java.util.Map;
import org.apache.camel.component.file.FileComponent;
import org.apache.camel.component.file.GenericFileConfiguration;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.util.FileUtil;

/**
 * The component {@code store:directory}. It extends Camel's {@code file:} so that no incomplete file is ever visible.
 */
@Component("store")
public final class StoreComponent extends FileComponent {

    @Override
    protected GenericFileEndpoint<File> buildFileEndpoint(
            String uri, String remaining, Map<String, Object> parameters) {
        File directory = new File(remaining);
        GenericFileConfiguration configuration = new GenericFileConfiguration();
        configuration.setDirectory(FileUtil.isAbsolute(directory) ? directory.getAbsolutePath() : directory.getPath());
        StoreEndpoint endpoint = new StoreEndpoint(uri, this);
        endpoint.setConfiguration(configuration);
        endpoint.setFile(directory);
        return endpoint;
    }
}
