package io.framegate.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.framegate.worker.AllowedPlaces.Place;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedPlacesTest {

    private static final AllowedPlaces PLACES = new AllowedPlaces(
            "images",
            "https://archive.example/cams, http://192.0.2.1:8000/",
            Path.of("/mnt/images").toString());

    @ParameterizedTest
    @CsvSource({
        "s3://images/gate/2026/a.jpg, S3, gate/2026/a.jpg",
        "s3://images/a%20b.jpg, S3, a b.jpg",
        "https://archive.example/cams/a.jpg, HTTP, https://archive.example/cams/a.jpg",
        "HTTPS://Archive.Example/cams/x/../a.jpg, HTTP, HTTPS://Archive.Example/cams/a.jpg",
        "http://192.0.2.1:8000/a.jpg?size=full, HTTP, http://192.0.2.1:8000/a.jpg?size=full",
        "file:///mnt/images/gate/a.jpg, FILE, /mnt/images/gate/a.jpg",
        "gate/a.jpg, FILE, /mnt/images/gate/a.jpg",
        "/mnt/images/a.jpg, FILE, /mnt/images/a.jpg"
    })
    void configuredPlaceMayBeRead(String reference, AllowedPlaces.Kind kind, String address) throws Exception {
        assertThat(PLACES.place(reference)).isEqualTo(new Place(kind, address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3://other/a.jpg",
                "s3://images",
                "s3://images/",
                "s3://images@other/a.jpg",
                "s3://images:80/a.jpg",
                "s3:a.jpg",
                "https://archive.example/a.jpg",
                "https://archive.example/camsx/a.jpg",
                "https://archive.example/cams/../a.jpg",
                "https://archive.example/cams/%2e%2e/a.jpg",
                "https://archive.example/cams/..%2fa.jpg",
                "https://archive.example:444/cams/a.jpg",
                "https://archive.example.evil.example/cams/a.jpg",
                "https://archive.example@evil.example/cams/a.jpg",
                "https://user@archive.example/cams/a.jpg",
                "http://archive.example/cams/a.jpg",
                "http://169.254.169.254/latest/meta-data/",
                "file:///etc/passwd",
                "file://host/mnt/images/a.jpg",
                "file:///mnt/images/../a.jpg",
                "file:///mnt/images/%2e%2e/a.jpg",
                "file:///mnt/images2/a.jpg",
                "../a.jpg",
                "gate/../../a.jpg",
                "/etc/passwd",
                ".",
                "",
                "gopher://archive.example/a",
                "jar:file:/mnt/images/a.jar!/b.jpg",
                "a b.jpg",
                "file:///mnt/images/a%00.jpg"
            })
    void anythingElseIsRefused(String reference) {
        assertThatThrownBy(() -> PLACES.place(reference))
                .isInstanceOf(WrongDeliveryException.class)
                .hasMessageContaining("(expected: ");
    }

    @Test
    void nothingMayBeReadThatIsNotConfigured() {
        AllowedPlaces none = new AllowedPlaces("", "", "");
        for (String reference :
                new String[] {"s3://images/a.jpg", "https://archive.example/a.jpg", "a.jpg", "file:/a"}) {
            assertThatThrownBy(() -> none.place(reference)).isInstanceOf(WrongDeliveryException.class);
        }
    }
}
