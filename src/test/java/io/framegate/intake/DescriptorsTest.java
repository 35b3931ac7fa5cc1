package io.framegate.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescriptorsTest {

    @ParameterizedTest
    @CsvSource({"2000, 20000, 60, 2000", "2000, 256, 60, 96", "50, 256, 60, 50", "2000, 64, 60, 1", "2000, -1, 60, 2000"
    })
    void connectionsLeaveDescriptorsForAllElse(int wanted, long limit, long open, int fits) {
        assertThat(Descriptors.fitting(wanted, limit, open)).isEqualTo(fits);
    }
}
