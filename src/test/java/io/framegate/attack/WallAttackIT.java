package io.framegate.attack;

import static io.framegate.attack.Pieces.once;

import io.framegate.it.support.RawHttp;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What outlives a connection: the wall's events and its small copies. */
@Tag("attack")
@ExtendWith(AttackTable.class)
class WallAttackIT {

    private static final int CONNECTIONS = 8;

    @TempDir
    private Path directory;

    @EachHeap
    void eventsOf2000CamerasWithAllTheAttributesThatTheyMayHave(String xmx) throws Exception {
        Attack[] attacks = IntStream.range(0, CONNECTIONS)
                .mapToObj(part -> Attack.on(1, Pieces.wallEvents(part, CONNECTIONS)))
                .toArray(Attack[]::new);
        try (AttackRun run = new AttackRun("wall: 2000 cameras x 24 events x 64 attributes", xmx, directory)) {
            run.until(() -> false).attack(attacks);
        }
    }

    @EachHeap
    void looksAtPicturesOf15Mb(String xmx) throws Exception {
        List<Attack> attacks = new ArrayList<>();
        for (int camera = 0; camera < CONNECTIONS; camera++) {
            attacks.add(Attack.on(1, once(Pieces.largePicture("large" + camera))));
        }
        try (AttackRun run = new AttackRun("wall: looks at pictures of 15 MB", xmx, directory)) {
            int[] looks = {0};
            run.beside(() -> {
                String camera = "large" + looks[0]++ % CONNECTIONS;
                new RawHttp(run.gateway().webPort()).get("/live/" + camera + "/thumb.jpg");
            });
            run.attack(attacks.toArray(Attack[]::new));
            run.facts().assertThat(looks[0]).as("looks").isGreaterThan(CONNECTIONS);
        }
    }
}
