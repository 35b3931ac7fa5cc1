package io.framegate.tool.simulate;

import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides which packets of a camera have which fault: three of ten have one. The same seed gives the same faults. */
final class FaultPlan {

    private static final int TENTHS = 3;

    private final List<Fault> faults;
    private final Random random;

    FaultPlan(Set<Fault> faults, long seed, int camera) {
        this.faults = List.copyOf(faults.stream().sorted().toList());
        this.random = new Random(seed * 1_000_003 + camera);
    }

    /**
     * Returns the fault of the next packet, or null.
     *
     * @param firstOfConnection whether the packet is the first on its connection, which is never corrupt: a gateway
     *     that detects the format from the first bytes could read nothing on the connection
     */
    @Nullable
    Fault next(boolean firstOfConnection) {
        if (faults.isEmpty()) {
            return null;
        }
        boolean faulty = random.nextInt(10) < TENTHS;
        Fault fault = faults.get(random.nextInt(faults.size()));
        return faulty && !(fault == Fault.CORRUPT && firstOfConnection) ? fault : null;
    }

    Random random() {
        return random;
    }
}
