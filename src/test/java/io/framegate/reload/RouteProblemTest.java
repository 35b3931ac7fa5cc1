package io.framegate.reload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RouteProblemTest {

    private static final String BEFORE = "- route:\n    id: a\n    from:\n      uri: direct:a\n";

    @Test
    void aPositionInTheMessageIsUsed() {
        Exception failure =
                new IllegalStateException("outer", new IllegalArgumentException("bad in a.yaml, line 3, column 5: x"));
        assertThat(RouteProblem.describe(failure, BEFORE, BEFORE)).startsWith("line 3, column 5: bad");
    }

    @Test
    void ofSeveralPositionsItIsTheProblemsNotTheConstructsAroundIt() {
        Exception failure = new IllegalArgumentException("while parsing a block in a.yaml, line 1, column 3:\n"
                + "expected <block end> in a.yaml, line 9, column 5:");
        assertThat(RouteProblem.describe(failure, BEFORE, BEFORE)).startsWith("line 9, column 5: ");
    }

    @Test
    void withoutAPositionItIsTheChangedLineThatTheMessageSpeaksOf() {
        String edited = "# mine\n" + BEFORE.replace("id: a", "id: b")
                + "      steps:\n        - process:\n            ref: missing\n";
        Exception failure = new IllegalArgumentException("No bean could be found for: missing");
        assertThat(RouteProblem.describe(failure, edited, BEFORE)).startsWith("line 8: No bean");
    }

    @Test
    void itIsOneLineWhateverTheMessage() {
        Exception failure = new IllegalArgumentException("a\n  b\r\nc" + "x".repeat(1000));
        assertThat(RouteProblem.describe(failure))
                .doesNotContain("\n")
                .startsWith("a b c")
                .hasSizeLessThan(450);
    }
}
