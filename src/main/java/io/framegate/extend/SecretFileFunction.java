package io.framegate.extend;

import io.framegate.settings.SecretFile;
import org.apache.camel.spi.PropertiesFunction;

/**
 * Camel's placeholder {@code {{secret-file:<path>}}}. Camel finds it by its service file, so it works in every context
 * that has this jar. Thread-safe; reads the file each time.
 */
public final class SecretFileFunction implements PropertiesFunction {

    @Override
    public String getName() {
        return SecretFile.FUNCTION;
    }

    @Override
    public String apply(String file) {
        return SecretFile.read(file);
    }
}
