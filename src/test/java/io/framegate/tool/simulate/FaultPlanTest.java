package io.framegate.tool.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.framegate.wire.FrameEncoding;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultPlanTest {

    private static final Set<Fault> ALL = EnumSet.allOf(Fault.class);

    @Test
    void faultsAreNamedOrAll() {
        assertThat(Fault.parse("")).isEmpty();
        assertThat(Fault.parse("slow, split")).containsExactlyInAnyOrder(Fault.SLOW, Fault.SPLIT);
        assertThat(Fault.parse("all")).isEqualTo(ALL);
        assertThatThrownBy(() -> Fault.parse("split,fire"))
                .hasMessage("--faults: fire (expected: split, pipelined, corrupt, slow, disconnect or all)");
    }

    @Test
    void theSameSeedGivesTheSameFaults() {
        assertThat(faults(ALL, 7, 3)).isEqualTo(faults(ALL, 7, 3)).isNotEqualTo(faults(ALL, 8, 3));
        assertThat(faults(ALL, 7, 3)).isNotEqualTo(faults(ALL, 7, 4));
    }

    @Test
    void aboutThreeOfTenPacketsHaveAFaultAndAllFaultsCome() {
        List<@Nullable Fault> faults = faults(ALL, 1, 0);
        assertThat(faults).contains(Fault.values());
        assertThat(faults.stream().filter(fault -> fault != null).count()).isBetween(220L, 380L);
    }

    @Test
    void withoutFaultsThereAreNone() {
        assertThat(faults(Set.of(), 1, 0)).containsOnlyNulls();
    }

    @Test
    void theFirstPacketOfAConnectionIsNeverCorrupt() {
        FaultPlan plan = new FaultPlan(Set.of(Fault.CORRUPT), 1, 0);
        for (int packet = 0; packet < 100; packet++) {
            assertThat(plan.next(true)).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource(FrameEncoding.class)
    void everyFormatHasADamage(FrameEncoding format) {
        Random random = new Random(1);
        for (int packet = 0; packet < 100; packet++) {
            assertThat(Damage.random(format, random)).isNotEqualTo(Damage.NONE);
        }
    }

    private static List<@Nullable Fault> faults(Set<Fault> wanted, long seed, int camera) {
        FaultPlan plan = new FaultPlan(wanted, seed, camera);
        List<@Nullable Fault> faults = new ArrayList<>();
        for (int packet = 0; packet < 1000; packet++) {
            faults.add(plan.next(false));
        }
        return faults;
    }
}
