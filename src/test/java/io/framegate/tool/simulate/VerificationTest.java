package io.framegate.tool.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerificationTest {

    private final Ledger ledger = new Ledger();
    private final List<SentImage> seen = new ArrayList<>();

    @TempDir
    private Path directory = Path.of(".");

    private SentImage sent(String bytes, ImageFate fate) {
        SentImage image = new SentImage(1, 2, 0, bytes.getBytes(StandardCharsets.UTF_8), 0);
        image.becomes(fate);
        ledger.add(image);
        return image;
    }

    private void store(String name, String bytes) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, bytes);
    }

    private StoredFiles files() {
        return new StoredFiles(directory, ledger, (image, now) -> seen.add(image));
    }

    @Test
    void everythingThereOnceAtAnyDepthIsComplete() throws IOException {
        StoredFiles files = files();
        sent("a", ImageFate.SENT);
        sent("b", ImageFate.ANSWERED);
        store("a.jpg", "a");
        store("2026/11/b.jpg", "b");
        store("2026/11/b.jpg.json", "{}");
        store(".framegate/counter", "17");
        store(".b.jpg.part", "half");
        Verification found = Verification.of(ledger, files.now());
        assertThat(found.isComplete()).isTrue();
        assertThat(found.expected()).isEqualTo(2);
        assertThat(found.stored()).isEqualTo(2);
    }

    @Test
    void whatIsMissingIsNamed() {
        SentImage missing = sent("a", ImageFate.SENT);
        Verification found = Verification.of(ledger, files().now());
        assertThat(found.isComplete()).isFalse();
        assertThat(found.missing()).containsExactly(missing);
        assertThat(missing).asString().startsWith("camera 1 packet 2 image 0 (1 bytes, sha256 ca978112");
    }

    @Test
    void anImageStoredTwiceIsADuplicateWhateverItsFate() throws IOException {
        StoredFiles files = files();
        sent("a", ImageFate.LOST);
        store("a.jpg", "a");
        store("b.jpg", "a");
        Verification found = Verification.of(ledger, files.now());
        assertThat(found.isComplete()).isFalse();
        assertThat(found.duplicates()).containsExactly(directory.resolve("b.jpg"));
    }

    @Test
    void anImageTheGatewayAskedForAgainMayBeThereTwice() throws IOException {
        StoredFiles files = files();
        sent("a", ImageFate.ANSWERED).resend();
        store("a.jpg", "a");
        store("b.jpg", "a");
        Verification found = Verification.of(ledger, files.now());
        assertThat(found.isComplete()).isTrue();
        assertThat(found.duplicatesOfResent()).hasSize(1);
    }

    @Test
    void halfAnImageIsForeignAlsoOfAConnectionThatBroke() throws IOException {
        StoredFiles files = files();
        sent("whole", ImageFate.LOST);
        store("a.jpg", "who");
        Verification found = Verification.of(ledger, files.now());
        assertThat(found.isComplete()).isFalse();
        assertThat(found.foreign()).containsExactly(directory.resolve("a.jpg"));
    }

    @Test
    void imageOfAConnectionThatTheGatewayBrokeIsStoredOrLost() throws IOException {
        StoredFiles files = files();
        sent("there", ImageFate.LOST);
        store("a.jpg", "there");
        assertThat(Verification.of(ledger, files.now()).isComplete()).isTrue();
        sent("not there", ImageFate.LOST);
        Verification found = Verification.of(ledger, files.now());
        assertThat(found.isComplete()).isFalse();
        assertThat(found.lost()).isEqualTo(1);
        assertThat(found.unknownStored()).isEqualTo(1);
    }

    @Test
    void damagedAndCutImagesMayBeThereOrNot() throws IOException {
        StoredFiles files = files();
        for (ImageFate fate : List.of(ImageFate.DAMAGED, ImageFate.CUT)) {
            sent(fate + " there", fate);
            sent(fate + " not there", fate);
            store(fate + ".jpg", fate + " there");
        }
        Verification found = Verification.of(ledger, files.now());
        assertThat(found.isComplete()).isTrue();
        assertThat(found.expected()).isZero();
        assertThat(found.damagedStored()).isEqualTo(1);
        assertThat(found.unknownStored()).isEqualTo(1);
    }

    @Test
    void whatWasThereBeforeDoesNotCount() throws IOException {
        store("old.jpg", "old");
        assertThat(files().now()).isEmpty();
    }

    @Test
    void aFileThatWasNotWholeWhenFirstSeenIsHashedAgain() throws IOException {
        StoredFiles files = files();
        sent("whole", ImageFate.SENT);
        store("a.jpg", "who");
        files.scan();
        assertThat(seen).isEmpty();
        store("a.jpg", "whole");
        assertThat(Verification.of(ledger, files.now()).isComplete()).isTrue();
        assertThat(files.incompleteAtFirst()).isEqualTo(1);
    }

    @Test
    void whatWasSeenAndDeletedIsMissing() throws IOException {
        StoredFiles files = files();
        sent("a", ImageFate.SENT);
        store("a.jpg", "a");
        files.scan();
        Files.delete(directory.resolve("a.jpg"));
        assertThat(Verification.of(ledger, files.now()).missing()).hasSize(1);
    }

    @Test
    void waitingEndsWhenAllIsSeenOrNothingMoreComes() throws Exception {
        StoredFiles files = files();
        SentImage image = sent("a", ImageFate.SENT);
        sent("b", ImageFate.SENT);
        store("a.jpg", "a");
        files.awaitAll(Duration.ofMillis(200));
        assertThat(seen).containsExactly(image);
        assertThat(ledger.awaited()).isEqualTo(1);
    }

    @Test
    void quarantinedFilesAreCountedByReason() throws IOException {
        QuarantineNotes notes = new QuarantineNotes(directory);
        store("a.json", "{\"reason\":\"malformed\"}");
        store("a.xml", "<config>");
        store("b.json", "{\"reason\":\"malformed\"}");
        store("c.json", "{");
        assertThat(notes.reasons()).containsEntry("malformed", 2).containsEntry("unreadable", 1);
        assertThat(notes.files()).hasSize(1);
    }
}
