package io.framegate.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FramegateHeadersTest {

    @Test
    void allAreKnownByName() throws IllegalAccessException {
        Set<String> constants = new TreeSet<>();
        for (Field field : FramegateHeaders.class.getFields()) {
            if (field.get(null) instanceof String name && name.startsWith("Framegate")) {
                constants.add(name);
            }
        }
        assertThat(FramegateHeaders.NAMES).isEqualTo(constants);
    }
}
