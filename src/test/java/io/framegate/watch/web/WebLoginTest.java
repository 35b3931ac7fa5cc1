package io.framegate.watch.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is let in. */
class WebLoginTest {

    private static final WebLogin BOTH = new WebLogin("opérateur", "pass:wörd", "t0ken-.~+/==");

    private static String basic(String pair) {
        return Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
    }

    @Test
    void eitherIsEnoughWhateverTheSchemesCase() {
        String pair = basic("opérateur:pass:wörd");
        assertThat(BOTH.accepts("Basic " + pair)).isTrue();
        assertThat(BOTH.accepts("basic  " + pair + " ")).isTrue();
        assertThat(BOTH.accepts("Bearer t0ken-.~+/==")).isTrue();
        assertThat(BOTH.accepts("BEARER t0ken-.~+/==")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "none",
                "''",
                "Basic",
                "'Basic '",
                "'Bearer '",
                "Bearer t0ken-.~+/=",
                "Bearer t0ken-.~+/===",
                "Basic t0ken-.~+/==",
                "Digest t0ken-.~+/==",
                "t0ken-.~+/==",
            })
    void anythingElseIsNot(@Nullable String authorization) {
        assertThat(BOTH.accepts(authorization)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"operator:wrong", "Operator:secret", "operator:", ":secret", "operator", "operator:secret1"})
    void wrongPairsAreRefused(String pair) {
        assertThat(new WebLogin("operator", "secret", "").accepts("Basic " + basic(pair)))
                .isFalse();
    }

    @Test
    void whatIsNotConfiguredLetsNobodyIn() {
        assertThat(new WebLogin("", "", "token").accepts("Basic " + basic(":"))).isFalse();
        assertThat(new WebLogin("user", "password", "").accepts("Bearer ")).isFalse();
        assertThat(new WebLogin("user", "password", "").challenges()).hasSize(1);
        assertThat(new WebLogin("", "", "token").challenges())
                .singleElement()
                .asString()
                .startsWith("Bearer ");
    }

    @Test
    void withoutEitherEverybodyIsLetIn() {
        WebLogin open = new WebLogin("", "", "");
        assertThat(open.isOpen()).isTrue();
        assertThat(open.accepts(null)).isTrue();
        assertThat(BOTH.isOpen()).isFalse();
    }
}
