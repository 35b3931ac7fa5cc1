package io.framegate.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.framegate.worker.AllowedPlaces.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
    void longerReferenceThanAnyPlaceHasIsRefused() throws Exception {
        String longest = "s3://images/" + "a".repeat(1012);
        assertThat(PLACES.place(longest).kind()).isEqualTo(AllowedPlaces.Kind.S3);
        for (String reference : List.of(longest + "a", "s3://images/" + "%C3%A4".repeat(200), "a".repeat(256))) {
            assertThatThrownBy(() -> PLACES.place(reference))
                    .isInstanceOf(WrongDeliveryException.class)
                    .hasMessageContaining("(expected: ");
        }
    }

    @Test
    void fileIsMissingAlsoIfADirectoryOfItsPathIsAFile(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("a.jpg"), "image");
        AllowedPlaces places = new AllowedPlaces("", "", directory.toString());
        for (String reference : List.of("b.jpg", "b/a.jpg", "a.jpg/x", "a.jpg/x/y")) {
            Place place = places.place(reference);
            assertThatThrownBy(() -> places.file(place)).isInstanceOf(MissingImageException.class);
        }
        assertThat(places.file(places.place("a.jpg"))).hasFileName("a.jpg");
    }

    @Test
    void fileIsNotMissingWhileItsDirectoryIsAway(@TempDir Path directory) throws Exception {
        AllowedPlaces places =
                new AllowedPlaces("", "", directory.resolve("away").toString());
        Place place = places.place("a.jpg");
        assertThatThrownBy(() -> places.file(place))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(MissingImageException.class);
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
