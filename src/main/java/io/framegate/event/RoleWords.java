package io.framegate.event;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The words by which senders name what an image shows: in the names of parts, and in the keys of documents. Names
 * differ between makers and firmware versions, so the words in them decide. The first row that fits counts.
 *
 * <pre>
 * background, scene, panorama,                 SCENE      backgroundImage, panoramaPicture.jpg; the picture in which a
 *   pedestriandetection                                   pedestrian was found
 * plate                                        PLATE      licensePlatePicture.jpg
 * face, pilot                                  FACE       faceImage; Hikvision's copilotPicture.jpg
 * target, human, body, pedestrian, vehicle,    TARGET     targetPicture, vehiclePicture.jpg
 *   nonmotor, feature
 * detection                                    SCENE      detectionPicture.jpg: the picture in which a plate was found
 * snapshotpicture                              SNAPSHOT   "snapshot" alone may name any picture
 * albumpicture                                 ALBUM
 * </pre>
 *
 * <p>Stateless.
 */
public enum RoleWords {
    BACKGROUND(Role.SCENE, "background", "scene", "panorama", "pedestriandetection"),
    PLATE(Role.PLATE, "plate"),
    FACE(Role.FACE, "face", "pilot"),
    OBJECT(Role.TARGET, "target", "human", "body", "pedestrian", "vehicle", "nonmotor", "feature"),
    DETECTION(Role.SCENE, "detection"),
    SNAPSHOT(Role.SNAPSHOT, "snapshotpicture"),
    ALBUM(Role.ALBUM, "albumpicture");

    private final Role role;
    private final List<String> words;

    RoleWords(Role role, String... words) {
        this.role = role;
        this.words = List.of(words);
    }

    /** The role that these names give, or null. */
    public static @Nullable Role role(String names) {
        String all = names.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(row -> row.words.stream().anyMatch(all::contains))
                .map(row -> row.role)
                .findFirst()
                .orElse(null);
    }
}
