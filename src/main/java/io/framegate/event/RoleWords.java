package io.framegate.event;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The words that give an image its role, in the names of parts and in the keys of documents. Names differ between
 * makers and firmware versions, so the words in them decide. The first matching row counts.
 *
 * <pre>
 * background, scene, pano, normalpic,          SCENE      backgroundImage, panoramaPicture.jpg, PanoImage; Dahua's
 *   combinedpic, pedestriandetection                      NormalPic; the picture in which a pedestrian was found
 * plate, cutoutpic                             PLATE      licensePlatePicture.jpg, plate_crop_jpeg; Dahua's CutoutPic
 * face, pilot                                  FACE       faceImage; Hikvision's copilotPicture.jpg
 * target, human, body, pedestrian, vehicle,    TARGET     targetPicture, vehiclePicture.jpg
 *   nonmotor, feature
 * detection                                    SCENE      detectionPicture.jpg: the picture in which a plate was found
 * snapshotpicture                              SNAPSHOT   "snapshot" alone may name any picture
 * albumpicture                                 ALBUM
 * </pre>
 *
 * <p>In the lists {@code SubImageList} of GA/T 1400, which Uniview, Dahua and Hikvision share, a number gives the role:
 *
 * <pre>
 * 01 vehicle, large; 07, 08 composed; 14 scene           SCENE
 * 02, 03 plate                                           PLATE
 * 04 driver, 05 passenger, 11 face                       FACE
 * 06 sign, 09 vehicle, 10 person, 12 bicycle, 13 thing   TARGET
 * </pre>
 *
 * <p>Stateless.
 */
public enum RoleWords {
    BACKGROUND(Role.SCENE, "background", "scene", "pano", "normalpic", "combinedpic", "pedestriandetection"),
    PLATE(Role.PLATE, "plate", "cutoutpic"),
    FACE(Role.FACE, "face", "pilot"),
    OBJECT(Role.TARGET, "target", "human", "body", "pedestrian", "vehicle", "nonmotor", "feature"),
    DETECTION(Role.SCENE, "detection"),
    SNAPSHOT(Role.SNAPSHOT, "snapshotpicture"),
    ALBUM(Role.ALBUM, "albumpicture");

    private final Role role;

    @SuppressWarnings("ImmutableEnumChecker") // The list is immutable.
    private final List<String> words;

    RoleWords(Role role, String... words) {
        this.role = role;
        this.words = List.of(words);
    }

    Role role() {
        return role;
    }

    List<String> words() {
        return words;
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

    /** The role that the type of a picture in GA/T 1400 gives, or null. */
    static @Nullable Role ofPictureType(String type) {
        return switch (type) {
            case "01", "07", "08", "14" -> Role.SCENE;
            case "02", "03" -> Role.PLATE;
            case "04", "05", "11" -> Role.FACE;
            case "06", "09", "10", "12", "13" -> Role.TARGET;
            default -> null;
        };
    }
}
