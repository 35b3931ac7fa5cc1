package io.framegate.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Images that a JSON document contains, read as the route does: strictly, and leniently if that fails. */
class JsonImagesTest {

    private static CameraEvent read(String document, int images) {
        byte[] bytes = document.getBytes(UTF_8);
        Packet packet = Documents.packet(bytes, images);
        try {
            return Documents.readJson(document, packet);
        } catch (IOException notWellFormed) {
            return Documents.readLeniently(bytes, images);
        }
    }

    private static List<Role> roles(String document, int images) {
        return read(document, images).images().stream().map(CameraImage::role).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{\"image_base64\": \"image:0\"} | SCENE",
                "{\"plate\": \"M 1\", \"picture\": \"data:image/jpeg;base64,image:0\"} | SCENE",
                "{\"Picture\": {\"NormalPic\": {\"Content\": \"image:0\"}}} | SCENE",
                "{\"Picture\": {\"CutoutPic\": {\"Content\": \"image:0\"}}} | PLATE",
                "{\"Picture\": {\"VehiclePic\": {\"Content\": \"image:0\"}}} | TARGET",
                "{\"a\": {\"SceneImage\": {\"Data\": \"image:0\"}}, \"b\": 1} | SCENE",
                "{\"a\": {\"PanoImage\": {\"Data\": \"image:0\"}}, \"b\": 1} | SCENE",
                "{\"best_plate\": {\"plate\": \"M\", \"plate_crop_jpeg\": \"image:0\"}, \"b\": 1} | PLATE",
                "{\"best_plate\": {\"vehicle_crop_jpeg\": \"image:0\"}, \"b\": 1} | TARGET",
                "{\"faces\": [{\"jpg\": \"image:0\"}], \"b\": 1} | FACE",
                "{\"b\": 1, \"l\": [[[\"image:0\"]]]} | SCENE",
            })
    void wordsOfTheKeysTellTheRole(String document, Role role) {
        assertThat(roles(document, 1)).containsExactly(role);
    }

    @Test
    void typeOfAPictureInASubImageListTellsItsRole() {
        List<String> types = List.of("14", "11", "02", "09", "100");
        List<String> pictures = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            pictures.add("{\"Type\": \"" + types.get(i) + "\", \"Data\": \"image:" + i + "\"}");
        }
        String document = "{\"PersonListObject\": {\"PersonObject\": [{\"PlateNumber\": \"M AB 5\", \"SubImageList\":"
                + " {\"SubImageInfoObject\": " + pictures + "}}]}}";

        CameraEvent event = read(document, types.size());

        assertThat(event.images())
                .extracting(CameraImage::role)
                .containsExactly(Role.SCENE, Role.FACE, Role.PLATE, Role.TARGET, Role.TARGET);
        assertThat(event.images())
                .allSatisfy(image -> assertThat(image.attributes()).containsEntry("plateNumber", "M AB 5"));
    }

    @Test
    void firstImageWithoutAWordIsTheSceneIfNoOtherIs() {
        assertThat(roles("{\"plate_jpg\": \"image:0\", \"x\": \"image:1\", \"y\": \"image:2\"}", 3))
                .containsExactly(Role.PLATE, Role.SCENE, Role.TARGET);
        assertThat(roles("{\"x\": \"image:0\", \"scene\": \"image:1\"}", 2)).containsExactly(Role.TARGET, Role.SCENE);
    }

    @Test
    void itemsOfAnArrayKeepTheirDetails() {
        for (String form : List.of("%s", "{\"AlarmList\": %s, \"n\": 2}")) {
            String list = "[{\"plateNumber\": \"A\", \"pic\": {\"data\": \"image:0\"}},"
                    + " {\"plateNumber\": \"B\", \"pic\": {\"data\": \"image:1\"}}]";
            CameraEvent event = read(form.replace("%s", list), 2);
            assertThat(event.images())
                    .extracting(image -> image.attributes().get("plateNumber"))
                    .containsExactly("A", "B");
        }
    }

    @Test
    void severalMarksInOneTextAreSeveralImages() {
        assertThat(roles("{\"a\": {\"faceImage\": \"image:0image:1data:image/png;base64,image:2\"}, \"b\": 1}", 3))
                .containsExactly(Role.FACE, Role.FACE, Role.FACE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"l\": [{\"plateImage\": \"image:0\", \"x\": 1,},], \"smartType\": \"T\",}",
                "{/* a */ \"l\": [{\"plateImage\": \"image:0\"}], // b\n \"smartType\": \"T\"}",
                "{'l': [{'plateImage': 'image:0'}], 'smartType': 'T'}",
                "{l: [{plateImage: \"image:0\"}], smartType: \"T\"}",
                "{\"x\": , \"l\": [, {\"plateImage\": \"image:0\"}], \"smartType\": \"T\"}",
                "{\"x\": NaN, \"y\": 007, \"z\": +.5, \"l\": [[{\"plateImage\": \"image:0\"}]], \"smartType\": \"T\"}",
                "{\"x\": \"a\nb\\q\", \"l\": [{\"plateImage\": \"image:0\"}], \"smartType\": \"T\"}",
                "{\"smartType\": \"T\", \"l\": [{\"plateImage\": \"image:0\"}], \"x\": \"",
                "{\"smartType\": \"T\", \"l\": [{\"plateImage\": \"image:0\"}",
            })
    void slipsLoseNothingBeforeThem(String document) {
        CameraEvent event = read(document, 1);
        assertThat(event.problem()).isNotNull();
        assertThat(event.type()).isEqualTo("T");
        assertThat(event.images()).extracting(CameraImage::role).containsExactly(Role.PLATE);
    }

    @Test
    void bytesThatAreNotUtf8LoseOnlyThemselves() {
        byte[] document = "{\"x\": \"?\", \"smartType\": \"T\"}".getBytes(UTF_8);
        document[7] = (byte) 0xC0;
        assertThat(Documents.readLeniently(document, 1).type()).isEqualTo("T");
    }

    @Test
    void imagesBelowTheSearchedDepthAreKept() {
        for (int depth : new int[] {20, 31, 40, 200, 900}) {
            String document = "{\"a\":".repeat(depth) + "\"image:0\"" + "}".repeat(depth);
            assertThat(read(document, 1).images()).hasSize(1);
            document = "[".repeat(depth) + "\"image:0\"" + "]".repeat(depth);
            assertThat(read(document, 1).images()).hasSize(1);
        }
    }

    @Test
    void marksThatASenderWritesItselfAreNoImages() {
        assertThat(Stream.of("image:7", "image:0,image:9", "image:x")
                        .map(text -> read("{\"a\": \"" + text + "\", \"plateNumber\": \"M\"}", 0)))
                .allSatisfy(event -> assertThat(event.images()).isEmpty());
    }
}
