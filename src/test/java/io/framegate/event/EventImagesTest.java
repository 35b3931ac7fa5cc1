package io.framegate.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventImagesTest {

    private static String crop(String name) {
        return "<targetImageData><" + name + "Base64Data>image:0</" + name + "Base64Data></targetImageData>";
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "bare in the root, X, <sourceBase64Data>image:0</sourceBase64Data>, SCENE",
        "bare without a kind, X, <Base64Data>image:0</Base64Data>, SCENE",
        "bare target, X, <targetBase64Data>image:0</targetBase64Data>, TARGET",
        "upper case, X, <sourceDataInfo><SOURCEBASE64DATA>image:0</SOURCEBASE64DATA></sourceDataInfo>, SCENE",
        "sourceData, X, <sourceData><ImageData><Base64Data>image:0</Base64Data></ImageData></sourceData>, SCENE",
        "snapData, VFD_MATCH, <snapData><ImageData><Base64Data>image:0</Base64Data></ImageData></snapData>, SNAPSHOT",
        "albumData, VFD_MATCH, <albumData><ImageData><Base64Data>image:0</Base64Data></ImageData></albumData>, ALBUM",
        "crop of a face event, VFD, <listInfo><item><crop/></item></listInfo>, FACE",
        "crop of a recorder's face event, videoFaceDetect, <targetListInfo><item><crop/></item></targetListInfo>, FACE",
        "crop called source, AOIENTRY, <listInfo><item><sourceCrop/></item></listInfo>, TARGET",
        "crop called source of a face, VFD, <listInfo><item><sourceCrop/></item></listInfo>, FACE",
        "list of faces, X, <faceListInfo><item><crop/></item></faceListInfo>, FACE",
        "list of plates, X, <licensePlateListInfo><item><crop/></item></licensePlateListInfo>, PLATE",
        "list of targets, X, <targetListInfo><item><crop/></item></targetListInfo>, TARGET",
        "item with plate, X, <listInfo><item><plateNumber>FG1</plateNumber><crop/></item></listInfo>, PLATE",
        "first of plates, VEHICE, <listInfo><item><image>0</image><plateNumber/><crop/></item></listInfo>, SCENE",
        "item 1 of plates, VEHICLE, <listInfo><item><image>1</image><plateNumber/><crop/></item></listInfo>, PLATE",
        "with plate, VEHICE, <listInfo><item><image>0</image><plateNumber>F</plateNumber><crop/></item></listInfo>,"
                + " PLATE",
        "first item but not of listInfo, vehicle, <targetListInfo><item><crop/></item></targetListInfo>, PLATE",
        "source in vsd, VSD, <vsd><sourceDataInfo><sourceBase64Data>image:0</sourceBase64Data></sourceDataInfo></vsd>, SCENE",
        "bare source in vsd, VSD, <vsd><sourceBase64Data>image:0</sourceBase64Data></vsd>, SCENE",
        "target in vsd, VSD, <vsd><crop/></vsd>, TARGET",
        "target with plate in vsd, VSD, <vsd><plateNumber>FG1</plateNumber><crop/></vsd>, PLATE",
        "number of no image, X, <targetBase64Data>image:7</targetBase64Data>, SCENE",
        "not a number, X, <targetBase64Data>-0</targetBase64Data>, SCENE",
        "other digits, X, <targetBase64Data>\u0660</targetBase64Data>, SCENE",
        "not mentioned, X, <a/>, SCENE",
    })
    void roleIsWhereTheImageStands(String name, String type, String content, Role expected) throws IOException {
        String written = content.replace("<crop/>", crop("target")).replace("<sourceCrop/>", crop("source"));
        CameraEvent event = Documents.read("<config><smartType>" + type + "</smartType>" + written + "</config>", 1);

        assertThat(event.images()).extracting(CameraImage::role).as(name).containsExactly(expected);
    }

    @Test
    void firstItemOfPlateEventWithASceneOfItsOwnIsAPlate() throws IOException {
        String document = "<config><smartType>VEHICE</smartType><listInfo><item><image>0</image><targetImageData>"
                + "<targetBase64Data>image:0</targetBase64Data></targetImageData></item></listInfo>"
                + "<sourceDataInfo><sourceBase64Data>image:1</sourceBase64Data></sourceDataInfo></config>";

        assertThat(roles(document, 2)).containsExactly(Role.PLATE, Role.SCENE);
    }

    @Test
    void imagesTheDocumentDoesNotMentionAreKept() throws IOException {
        String document =
                "<config><sourceDataInfo><sourceBase64Data>image:1</sourceBase64Data></sourceDataInfo></config>";

        assertThat(roles(document, 3)).containsExactly(Role.TARGET, Role.SCENE, Role.TARGET);
    }

    @Test
    void numbersOutOfOrderAndTwiceGiveEachImageOnce() throws IOException {
        String document =
                "<config><albumData><Base64Data>image:1</Base64Data><Base64Data>image:0</Base64Data></albumData>"
                        + "<snapData><Base64Data>image:1</Base64Data></snapData></config>";

        CameraEvent event = Documents.read(document, 2);

        assertThat(event.images()).extracting(CameraImage::number).containsExactly(0, 1);
        assertThat(event.images()).extracting(CameraImage::role).containsExactly(Role.ALBUM, Role.ALBUM);
    }

    private static List<Role> roles(String document, int images) throws IOException {
        return Documents.read(document, images).images().stream()
                .map(CameraImage::role)
                .toList();
    }
}
