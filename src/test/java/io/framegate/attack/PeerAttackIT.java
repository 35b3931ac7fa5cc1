package io.framegate.attack;

import static io.framegate.attack.Pieces.endless;
import static io.framegate.attack.Pieces.latin1;
import static io.framegate.attack.Pieces.once;

import io.framegate.it.support.GatewayProcess;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What one address takes from the others: connections, descriptors, log lines, the disk of the quarantine. */
@Tag("attack")
@ExtendWith(AttackTable.class)
class PeerAttackIT {

    /** A line for each connection would be thousands: each kind may have ten a second. */
    private static final int LOG_LINES = 1000;

    private static final int BAD_PACKETS = 4000;

    @TempDir
    private Path directory;

    @EachHeap
    void idle2100ConnectionsDoNotKeepANewCameraOut(String xmx) throws Exception {
        try (AttackRun run = new AttackRun("2100 idle connections, a new camera", xmx, directory).withNewcomer()) {
            run.attack(Attack.on(2100, endless(latin1(" "))).every(Duration.ofSeconds(5)));
        }
    }

    @EachHeap
    void idle500ConnectionsAndFewDescriptors(String xmx) throws Exception {
        try (AttackRun run = new AttackRun("500 connections, 256 descriptors", xmx, directory)) {
            run.gateway().under("prlimit", "--nofile=256");
            run.attack(Attack.on(500, once(latin1(" "))).from(10));
            run.facts()
                    .assertThat(run.gateway().logLines(" WARN ", "max-connections"))
                    .as("a warning that says that there are too few")
                    .isNotEmpty();
        }
    }

    @EachHeap
    void resetsOf4000ConnectionsAreFewLines(String xmx) throws Exception {
        try (AttackRun run = new AttackRun("4000 resets", xmx, directory)) {
            Attack attack = Attack.on(80, once(latin1("<config>"), latin1("<a>")));
            run.attack(attack.every(Duration.ofMillis(100)).withResets());
            run.facts()
                    .assertThat(run.gateway().logLines("peer=\"127.0.0.2").size())
                    .as("lines of the log")
                    .isLessThan(LOG_LINES);
        }
    }

    @EachHeap
    void tinyBadPacketsAndASmallDiskOfTheQuarantine(String xmx) throws Exception {
        try (AttackRun run = new AttackRun("4000 bad packets of 24 bytes, quarantine of 4 MB", xmx, directory)) {
            GatewayProcess gateway = run.gateway();
            String mount = "mkdir -p quarantine && mount -t tmpfs -o size=4m,nr_inodes=1000 tmpfs quarantine"
                    + " && exec \"$@\"";
            gateway.under("unshare", "-Urm", "sh", "-c", mount, "sh");
            byte[] packets = latin1("<config><a></b></config>".repeat(BAD_PACKETS / 4));
            run.attack(Attack.on(4, once(packets)));
            run.facts()
                    .assertThat(gateway.logLines("disk nearly full"))
                    .as("cameras that wait")
                    .isEmpty();
            run.facts()
                    .assertThat(gateway.logLines("\tat ").size())
                    .as("lines of stack traces")
                    .isZero();
        }
    }
}
