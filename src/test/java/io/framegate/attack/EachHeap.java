package io.framegate.attack;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs a test with each heap of the gateway: 64 MB and 256 MB, or those of {@code -Dattack.heaps=64m}. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "{0}")
@MethodSource("io.framegate.attack.EachHeap$Heaps#all")
@interface EachHeap {

    /** The values of {@code -Xmx}. */
    final class Heaps {

        private Heaps() {}

        static Stream<String> all() {
            return Stream.of(System.getProperty("attack.heaps", "64m,256m").split(",", -1));
        }
    }
}
