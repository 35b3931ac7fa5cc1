package io.framegate.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.it.support.Camera;
import io.framegate.it.support.Camera.HttpAnswer;
import io.framegate.it.support.GatewayProcess;
import io.framegate.it.support.Http;
import io.framegate.it.support.ImageFolder;
import io.framegate.it.support.Pictures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures that devices post as they are, alone or beside a document, become files as those in XML do. */
class PictureUploadIT {

    @TempDir
    private static Path directory;

    private static GatewayProcess gateway;

    @BeforeAll
    static void start() {
        gateway = new GatewayProcess(directory).start();
    }

    @AfterAll
    static void nothingWasRejected() {
        try (GatewayProcess ended = gateway) {
            assertThat(ended.terminate()).isEqualTo(143);
            assertThat(gateway.images().temporaryFiles()).isEmpty();
            assertThat(gateway.logLines(" WARN ")).isEmpty();
            assertThat(gateway.logLines(" ERROR ")).isEmpty();
            assertThat(ImageFolder.files(gateway.quarantine())).isEmpty();
        }
    }

    private static byte[] post(String target, String contentType, byte[] body) {
        return Http.request(
                "POST " + target + " HTTP/1.1\nHost: 192.0.2.1\nContent-Type: " + contentType + "\nContent-Length: "
                        + body.length,
                body);
    }

    private static byte[] part(String boundary, String headers, byte[] data) {
        String head = "--" + boundary + "\r\n" + headers.strip().replace("\n", "\r\n") + "\r\n\r\n";
        return Http.joined(head.getBytes(UTF_8), data, "\r\n".getBytes(UTF_8));
    }

    private static byte[] end(String boundary) {
        return ("--" + boundary + "--\r\n").getBytes(UTF_8);
    }

    /** Sends it twice on one connection and once byte by byte, and gives the names of what was stored each time. */
    private static List<List<String>> stored(byte[] request, byte[]... images) {
        List<List<String>> names = new ArrayList<>();
        try (Camera camera = gateway.camera()) {
            for (int piece : new int[] {1 << 20, 1 << 20, 1}) {
                ImageFolder folder = gateway.images();
                HttpAnswer answer = camera.sendInPieces(request, piece).answer();
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.body())
                        .matches(body -> body.equals("ok\n") || body.contains("<statusString>OK</statusString>"));
                // The answer says that all is stored, so there is nothing to wait for.
                folder.assertHolds(
                        List.of(images).stream().map(Pictures::sha256).toList());
                names.add(List.copyOf(folder.look().keySet()));
            }
        }
        return names;
    }

    @Test
    void boardPostsAJpeg() {
        byte[] picture = Pictures.jpeg(3_000);
        assertThat(stored(post("/upload?camera=front-door", "image/jpeg", picture), picture))
                .allSatisfy(names -> assertThat(names)
                        .singleElement()
                        .asString()
                        .matches("image_[0-9]+_front-door_[0-9]{8}_[0-9]{6}\\.jpg"));
        assertThat(stored(post("/", "application/x-www-form-urlencoded", picture), picture))
                .allSatisfy(
                        names -> assertThat(names).singleElement().asString().contains("_127.0.0.1_"));
        byte[] png = Pictures.png();
        assertThat(stored(post("/", "application/octet-stream", png), png))
                .allSatisfy(
                        names -> assertThat(names).singleElement().asString().endsWith(".png"));
    }

    @Test
    void plateCameraPostsXmlAndTwoImages() {
        byte[] plate = Pictures.jpeg();
        byte[] scene = Pictures.jpeg(4_000);
        String xml =
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <EventNotificationAlert version="2.0" xmlns="http://www.isapi.org/ver20/XMLSchema">
                <macAddress>02:00:5e:20:06:01</macAddress>
                <channelID>1</channelID>
                <dateTime>2026-03-29T09:58:21+02:00</dateTime>
                <eventType>ANPR</eventType>
                <ANPR><licensePlate>FG042X</licensePlate></ANPR>
                </EventNotificationAlert>
                """;
        String disposition = "Content-Disposition: form-data; name=\"";
        byte[] body = Http.joined(
                part(
                        "MIME_boundary",
                        disposition + "anpr.xml\"\nContent-Type: application/xml\nContent-Length: 7",
                        xml.getBytes(UTF_8)),
                part(
                        "MIME_boundary",
                        disposition + "licensePlatePicture.jpg\"\nContent-Type: image/jpeg\nContent-Length: 7",
                        plate),
                part(
                        "MIME_boundary",
                        disposition + "detectionPicture.jpg\"\nContent-Type: image/jpeg\nContent-Length: 7",
                        scene),
                end("MIME_boundary"));
        assertThat(stored(post("/event", "multipart/form-data; boundary=MIME_boundary", body), plate, scene))
                .allSatisfy(names -> assertThat(names)
                        .hasSize(2)
                        .allMatch(name -> name.contains("_02_00_5E_20_06_01_"))
                        .anyMatch(name -> name.endsWith("_plate.jpg")));
        assertThat(gateway.logLines("type=\"ANPR\""))
                .hasSize(3)
                .allMatch(line -> line.contains("captured=\"2026-03-29T07:58:21Z\""));
    }

    @Test
    void cameraPostsJsonAndAnImage() {
        byte[] picture = Pictures.jpeg();
        String json = "{\"macAddress\": \"02:00:5e:20:06:02\", \"eventType\": \"VMD\", \"eventState\": \"active\"}";
        byte[] body = Http.joined(
                part("b", "Content-Type: application/json", json.getBytes(UTF_8)),
                part("b", "Content-Type: image/jpeg", picture),
                end("b"));
        assertThat(stored(post("/event", "multipart/mixed; boundary=\"b\"", body), picture))
                .allSatisfy(
                        names -> assertThat(names).singleElement().asString().contains("_02_00_5E_20_06_02_"));
        assertThat(gateway.logLines("type=\"VMD\"")).hasSize(3);
    }

    @Test
    void eventsWithoutImagesAreAnswered() {
        stored(post("/event", "application/json", "{\"eventType\": \"heartBeat\"}".getBytes(UTF_8)));
        byte[] xml =
                "<EventNotificationAlert><eventType>videoloss</eventType></EventNotificationAlert>".getBytes(UTF_8);
        stored(post("/event", "multipart/form-data; boundary=b", Http.joined(part("b", "A: b", xml), end("b"))));
    }

    @Test
    void curlUploadsFiles() {
        byte[] first = Pictures.jpeg();
        byte[] second = Pictures.png();
        String boundary = "------------------------d74496d66958873e";
        String file = "Content-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\n";
        byte[] body = Http.joined(
                part(boundary, "Content-Disposition: form-data; name=\"note\"", "at the gate".getBytes(UTF_8)),
                part(boundary, file + "Content-Type: image/jpeg", first),
                part(boundary, file + "Content-Type: application/octet-stream", second),
                end(boundary));
        assertThat(stored(post("/?camera=curl", "multipart/form-data; boundary=" + boundary, body), first, second))
                .allSatisfy(names -> assertThat(names).hasSize(2).allMatch(name -> name.contains("_curl_")));
    }
}
