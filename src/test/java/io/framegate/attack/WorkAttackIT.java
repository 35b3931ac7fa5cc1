package io.framegate.attack;

import static io.framegate.attack.Pieces.endless;

import io.framegate.it.support.CameraPacket;
import io.framegate.it.support.Http;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What small requests cost: images to store, documents to read, pixels to convert. */
@Tag("attack")
@ExtendWith(AttackTable.class)
class WorkAttackIT {

    @TempDir
    private Path directory;

    @EachHeap
    void picturesOf64InAPacketOn100Connections(String xmx) throws Exception {
        try (AttackRun run = new AttackRun("packets of 64 small pictures on 100 connections", xmx, directory)) {
            run.attack(Attack.on(100, endless(Pieces.smallPictures(64))));
        }
    }

    /** An address that is connected alone may have more packets in the routes, which the next camera waits for. */
    @EachHeap
    void picturesOfALoneAddressAndACameraThatConnectsForEachPicture(String xmx) throws Exception {
        byte[] post = Http.post("/", CameraPacket.scene(2, 5_000).xml(), "Content-Type: application/xml");
        String scenario = "pictures of 5 KB on 200 connections, a new camera";
        try (AttackRun run = new AttackRun(scenario, xmx, directory).withNewcomer()) {
            run.attack(Attack.on(200, endless(post)));
        }
    }

    @EachHeap
    void documentsOfManyTokensFromFourAddresses(String xmx) throws Exception {
        byte[] document = Pieces.latin1("[" + "{\"\":1},".repeat(32_000) + "{\"\":1}]");
        byte[] post = Http.post("/", document, "Content-Type: application/json");
        try (AttackRun run = new AttackRun("JSON of 96,000 tokens from 4 addresses", xmx, directory)) {
            run.attack(Attack.on(40, endless(post)).from(4));
        }
    }

    @EachHeap
    void pictureOf9MegapixelsThatIsConverted(String xmx) throws Exception {
        byte[] post = Http.post("/?camera=large", Pieces.emptyPng(3000), "Content-Type: image/png");
        try (AttackRun run = new AttackRun("PNG of 9 megapixels in 1 KB, converted", xmx, directory)) {
            run.gateway().with("framegate.convert.enabled", "true");
            run.attack(Attack.on(20, endless(post)));
        }
    }
}
