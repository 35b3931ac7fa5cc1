package io.framegate.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.image.ImageFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The settings may not know the formats, so this holds their list of them. */
class ConvertFormatsTest {

    @ParameterizedTest
    @EnumSource
    void everyFormatThatCanBeWrittenCanBeChosen(ImageFormat format) {
        assertThat(TransformSettings.CONVERT_FORMAT.type().expected().contains("`" + format.extension() + "`"))
                .isEqualTo(format.isWritable());
    }
}
