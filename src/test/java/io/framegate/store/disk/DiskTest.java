package io.framegate.store.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.intake.InFlight;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskTest {

    @TempDir
    private Path directory = Path.of(".");

    private Disk disk(String minFree) {
        return new Disk(directory, minFree, new InFlight(1000));
    }

    @Test
    void moreMustBeFreeAfterAShortage() {
        assertThat(disk("1000").needed(false)).isEqualTo(1000);
        assertThat(disk("1000").needed(true)).isEqualTo(1100);
        assertThat(disk("0").needed(true)).isZero();
    }

    @Test
    void halfOfASmallDiskIsEnough() {
        assertThat(disk("100%").needed(false)).isEqualTo(directory.toFile().getTotalSpace() / 2);
    }

    @Test
    void copiesOfRejectsLeaveSpaceForImages() {
        Disk disk = disk("1000");
        assertThat(disk.missingForCopy(0)).isNegative();
        assertThat(disk.missingForCopy(disk.free())).isGreaterThan(1 << 20);
    }

    @Test
    void directoryThatIsGoneLacksNothing() {
        Disk gone = new Disk(directory.resolve("gone"), "1000", new InFlight(1000));
        assertThat(gone.exists()).isFalse();
        assertThat(gone.missingForCopy(1)).isZero();
        assertThat(gone.has(directory)).isFalse();
    }
}
