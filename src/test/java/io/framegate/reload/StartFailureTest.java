package io.framegate.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.apache.camel.FailedToStartRouteException;
import org.junit.jupiter.api.Test;

class StartFailureTest {

    private static String describe(Throwable failure) {
        return String.join("\n", StartFailure.describe(failure, Path.of("routes")));
    }

    @Test
    void fileThatCannotBeReadIsNamedWithWhatToDo() {
        AccessDeniedException denied = new AccessDeniedException("routes/a.camel.yaml");
        assertThat(describe(denied))
                .isEqualTo(
                        "routes/a.camel.yaml: cannot be read (expected: permission for the user that runs the gateway)");
        assertThat(describe(new NoSuchFileException("routes"))).isEqualTo("routes: not found");
        assertThat(describe(new FileSystemException("a", null, "Input/output error")))
                .isEqualTo("a: cannot be read, Input/output error");
        assertThat(describe(new UncheckedIOException("framegate.x: a (expected: writable)", denied)))
                .isEqualTo("framegate.x: a (expected: writable)");
    }

    @Test
    void endpointOfTwoRoutesIsNamed() {
        assertThat(describe(new FailedToStartRouteException(
                        "own", "Multiple consumers for the same endpoint is not allowed: direct://store")))
                .isEqualTo("route own: direct://store: another route reads from it (expected: one)");
    }
}
