package io.framegate.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.DecoderException;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An error on any thread ends the process, so each case starts a separate process. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class OutOfMemoryTest {

    enum Place {
        THREAD,
        NETTY,
        VERTX,
        CAUSE
    }

    @ParameterizedTest
    @EnumSource
    void processEndsWithOneLine(Place place) throws Exception {
        Child child = Child.run(place.name());

        assertThat(child.output())
                .containsOnlyOnce("out of memory, the process ends")
                .contains("Java heap space");
        assertThat(child.exitCode()).isEqualTo(OutOfMemory.EXIT_CODE);
    }

    @Test
    void missingDirectMemoryDoesNotEndTheProcess() throws Exception {
        Child child = Child.run("DIRECT");

        assertThat(child.output()).doesNotContain("the process ends");
        assertThat(child.exitCode()).isZero();
    }

    private record Child(int exitCode, String output) {

        static Child run(String what) throws IOException, InterruptedException {
            String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
            Process process = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx32m",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            classPath,
                            Filled.class.getName(),
                            what))
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Child(process.waitFor(), output);
        }
    }

    /** Runs out of memory where it is told. */
    static final class Filled {

        private Filled() {}

        public static void main(String[] arguments) throws Exception {
            LogConfigurator.takeOver();
            OutOfMemory.watch();
            switch (arguments[0]) {
                case "THREAD" -> new Thread(Filled::fill).start();
                case "NETTY" -> {
                    EventLoop loop = new DefaultEventLoop();
                    loop.execute(Filled::fill);
                }
                case "VERTX" -> Vertx.vertx().runOnContext(started -> fill());
                case "CAUSE" -> {
                    try {
                        fill();
                    } catch (OutOfMemoryError e) {
                        OutOfMemory.endIfIn(new IllegalStateException(new IOException(e)));
                    }
                }
                default -> {
                    try {
                        Unpooled.directBuffer(64 << 20).release();
                    } catch (OutOfMemoryError direct) {
                        OutOfMemory.endIfIn(new DecoderException(direct));
                        System.exit(0);
                    }
                }
            }
            new CountDownLatch(1).await(30, TimeUnit.SECONDS);
        }

        private static void fill() {
            byte[][] all = new byte[1024][];
            for (int at = 0; at < all.length; at++) {
                all[at] = new byte[1 << 20];
            }
            throw new IllegalStateException("not full: " + all.length);
        }
    }
}
