package io.framegate.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The short form of {@link FuzzingTest}, which every build runs: the corpus, and the same few mutations of it. */
@Execution(ExecutionMode.CONCURRENT)
class FuzzReplayTest {

    private static final int MUTATIONS = 40;
    private static final int FAULTS = 4;

    @ParameterizedTest
    @MethodSource("io.framegate.fuzz.FuzzTarget#all")
    void corpusAndMutationsOfItKeepThePromises(FuzzTarget target) {
        List<byte[]> corpus = target.corpus();
        assertThat(corpus).isNotEmpty();
        corpus.forEach(bytes -> check(target, bytes));
        Random random = new Random(20261126);
        for (int round = 0; round < MUTATIONS; round++) {
            check(target, mutated(corpus, random));
        }
    }

    private static void check(FuzzTarget target, byte[] bytes) {
        assertThatCode(() -> target.read(bytes))
                .as(() -> target + " " + Base64.getEncoder().encodeToString(bytes))
                .doesNotThrowAnyException();
    }

    private static byte[] mutated(List<byte[]> corpus, Random random) {
        byte[] bytes = pick(corpus, random).clone();
        for (int faults = 1 + random.nextInt(FAULTS); faults > 0 && bytes.length > 0; faults--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt();
                case 1 -> bytes = joined(bytes, at, bytes, random.nextInt(at + 1));
                case 2 -> bytes = joined(bytes, at, bytes, Math.min(bytes.length, at + 1 + random.nextInt(40)));
                default -> {
                    byte[] other = pick(corpus, random);
                    bytes = joined(bytes, at, other, random.nextInt(other.length));
                }
            }
        }
        return bytes;
    }

    private static byte[] pick(List<byte[]> corpus, Random random) {
        return corpus.get(random.nextInt(corpus.size()));
    }

    private static byte[] joined(byte[] head, int headEnd, byte[] tail, int tailBegin) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.write(head, 0, headEnd);
        joined.write(tail, tailBegin, tail.length - tailBegin);
        return joined.toByteArray();
    }
}
