package io.framegate.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogLimitTest {

    @Test
    void aFloodFromOneAddressIsHeldBackAndAnotherAddressIsNot() {
        LogLimit limit = new LogLimit();
        List<Long> lines = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            limit.log("192.0.2.1", lines::add);
        }
        // The second may have turned while the flood ran.
        assertThat(lines).hasSizeBetween(10, 30);
        List<Long> other = new ArrayList<>();
        limit.log("192.0.2.2", other::add);
        assertThat(other).containsExactly(0L);
    }
}
