package io.framegate.attack;

import static io.framegate.attack.Pieces.endless;
import static io.framegate.attack.Pieces.once;
import static io.framegate.attack.Pieces.repeated;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What connections make the gateway hold. */
@Tag("attack")
@ExtendWith(AttackTable.class)
class MemoryAttackIT {

    @TempDir
    private Path directory;

    private void attack(String scenario, String xmx, Attack... attacks) throws Exception {
        try (AttackRun run = new AttackRun(scenario, xmx, directory)) {
            run.attack(attacks);
        }
    }

    @EachHeap
    void multipartBodiesOf16MbOn12Connections(String xmx) throws Exception {
        attack("multipart bodies of 16 MB on 12 connections", xmx, Attack.on(12, endless(Pieces.multipartPost())));
    }

    @EachHeap
    void multipartBodiesOf16MbInChunksOf4Bytes(String xmx) throws Exception {
        Attack attack = Attack.on(12, endless(Pieces.multipartInSmallChunks()));
        attack("multipart bodies of 16 MB in chunks of 4 bytes on 12 connections", xmx, attack);
    }

    @EachHeap
    void elementsWithoutEndOn50Connections(String xmx) throws Exception {
        try (AttackRun run = new AttackRun("`<a/>` without end on 50 connections", xmx, directory)) {
            run.withPacketsToTake(50).attack(Attack.on(50, endless(repeated("<a/>"))));
        }
    }

    @EachHeap
    void heartbeatsOn300ConnectionsThatReadNoAnswer(String xmx) throws Exception {
        byte[] heartbeats = repeated("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
        attack(
                "heartbeats on 300 connections, answers unread",
                xmx,
                Attack.on(300, endless(heartbeats)).withoutReading());
    }

    @EachHeap
    void getsOn1500ConnectionsThatReadNoAnswer(String xmx) throws Exception {
        byte[] gets = repeated("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        attack(
                "`GET /` on 1500 connections, answers unread",
                xmx,
                Attack.on(1500, endless(gets)).withoutReading());
    }

    @EachHeap
    void gzipOf1MbTo1GbOn64Connections(String xmx) throws Exception {
        attack("gzip of 1 MB to 1 GB on 64 connections", xmx, Attack.on(64, endless(Pieces.bomb())));
    }

    @EachHeap
    void halfPacketsOf12MbOn24Connections(String xmx) throws Exception {
        attack("half packets of 12 MB on 24 connections", xmx, Attack.on(24, once(Pieces.half(12 << 20))));
    }

    @EachHeap
    void halfPacketsOf60KbOn1900ConnectionsOf100Addresses(String xmx) throws Exception {
        Attack attack = Attack.on(1900, once(Pieces.half(60 << 10))).from(100);
        attack("half packets of 60 KB on 1900 connections of 100 addresses", xmx, attack);
    }

    @EachHeap
    void halfPacketsOf60KbOn2000ConnectionsOfOneAddress(String xmx) throws Exception {
        attack("half packets of 60 KB on 2000 connections", xmx, Attack.on(2000, once(Pieces.half(60 << 10))));
    }

    @EachHeap
    void oneByteEverySecondOn1000Connections(String xmx) throws Exception {
        byte[] packet = Pieces.half(1000);
        byte[][] bytes = IntStream.range(0, packet.length)
                .mapToObj(at -> new byte[] {packet[at]})
                .toArray(byte[][]::new);
        attack(
                "one byte every second on 1000 connections",
                xmx,
                Attack.on(1000, once(bytes)).every(Duration.ofSeconds(1)));
    }
}
