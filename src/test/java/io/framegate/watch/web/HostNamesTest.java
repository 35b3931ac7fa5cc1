package io.framegate.watch.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A name that somebody else could have made to point here is none of ours. */
class HostNamesTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "localhost,true",
                "LocalHost,true",
                "wall.localhost,true",
                "127.0.0.1,true",
                "192.0.2.7,true",
                "[::1],true",
                "Gate.Example,true",
                "none,true",
                "evil.example,false",
                "localhost.evil.example,false",
                "evillocalhost,false",
                "127.0.0.1.evil.example,false",
                "127.0.0.1.nip.io,false",
                "'',false",
            })
    void areThoseOfThisMachineAndAddresses(@Nullable String host, boolean ours) {
        assertThat(new HostNames("gate.example").contain(host)).isEqualTo(ours);
    }
}
