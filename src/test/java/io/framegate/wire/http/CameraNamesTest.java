package io.framegate.wire.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CameraNamesTest {

    private static final CameraNames NAMES =
            new CameraNames(List.of("?camera", "?id", "X-Device-Id", "/hikfeed/{camera}", "/v1/{camera}/events"));

    private static @Nullable String name(String uri, String... headers) {
        HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, uri);
        for (String header : headers) {
            String[] parts = header.split(":", 2);
            request.headers().add(parts[0], parts[1].strip());
        }
        return NAMES.of(request);
    }

    @ParameterizedTest
    @CsvSource({
        "/upload?camera=front-door, front-door",
        "/upload?a=1&camera=yard_2&b=2, yard_2",
        "/?camera=020000000001, 02:00:00:00:00:01",
        "/?camera=02-00-00-00-00-0a, 02:00:00:00:00:0A",
        "/?id=17, 17",
        "/?id=17&camera=gate, gate",
        "/?id=17&camera=.., 17",
        "/hikfeed/4711, 4711",
        "/hikfeed/4711/, 4711",
        "/hikfeed/4711?x=/a, 4711",
        "/hikfeed/02%3A00%3A00%3A00%3A00%3A01, 02:00:00:00:00:01",
        "http://192.0.2.1:18000/hikfeed/4711, 4711",
        "/v1/gate/events, gate",
    })
    void safeNameIsTaken(String uri, String name) {
        assertThat(name(uri)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/upload",
                "/?camera",
                "/?camera=",
                "/?camera=..%2f..%2fetc",
                "/?camera=%zz",
                "/?Camera=gate",
                "/?camera=.hidden",
                "/?camera=a%0ab",
                "/?camera=${header.x}",
                "/hikfeed",
                "/hikfeed/",
                "/hikfeed/a/b",
                "/hikfeed/..",
                "/hikfeed/..%2f..%2fetc",
                "/hikfeed/a%2fb",
                "/hikfeed/%zz",
                "/hikfeed/a%00",
                "/HIKFEED/a",
                "/x/hikfeed/a",
                "http://192.0.2.1",
                "*",
            })
    void everythingElseIsNone(String uri) {
        assertThat(name(uri)).isNull();
    }

    @Test
    void headerNamesTheCameraInAnyCase() {
        assertThat(name("/", "x-device-ID: gate")).isEqualTo("gate");
        assertThat(name("/?id=yard", "X-Device-Id: gate")).isEqualTo("yard");
        assertThat(name("/hikfeed/4711", "X-Device-Id: gate")).isEqualTo("gate");
        assertThat(name("/hikfeed/4711", "X-Device-Id: CamelFileName=/etc")).isEqualTo("4711");
        assertThat(name("/", "X-Device-Id: " + "a".repeat(64))).hasSize(64);
        assertThat(name("/", "X-Device-Id: " + "a".repeat(65))).isNull();
    }

    @Test
    void withoutPlacesNobodyIsNamed() {
        HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/?camera=gate");
        assertThat(new CameraNames(List.of()).of(request)).isNull();
    }
}
