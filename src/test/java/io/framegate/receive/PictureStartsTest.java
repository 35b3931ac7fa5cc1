package io.framegate.receive;

import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.image.ImageFormat;
import io.framegate.image.Pictures;
import io.framegate.image.StoredPictures;
import io.framegate.wire.PictureStart;
import io.framegate.wire.WireFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the table of pictures on the wire equal to the table of formats, because neither room may know the other. */
class PictureStartsTest {

    @Test
    void bothTablesHaveTheSameKinds() {
        assertThat(names(PictureStart.values())).isEqualTo(names(ImageFormat.values()));
    }

    @Test
    void bothTablesNameEveryPictureAlike() {
        List<byte[]> pictures = new ArrayList<>(StoredPictures.all().values());
        Stream.of("jpeg", "png", "gif", "bmp", "tiff")
                .map(format -> Pictures.encoded(Pictures.photo(16, 12), format))
                .forEach(pictures::add);
        pictures.add(Pictures.solidWebp(16, 12, -1));
        Set<ImageFormat> seen = EnumSet.noneOf(ImageFormat.class);
        for (byte[] picture : pictures) {
            ImageFormat format = Objects.requireNonNull(ImageFormat.of(picture));
            PictureStart start = Objects.requireNonNull(PictureStart.of(picture, 0, picture.length));
            // The brand that HEIF has in common is read to its end only where the picture is stored.
            boolean common = new String(picture, StandardCharsets.ISO_8859_1).startsWith("ftypmif1", 4);
            assertThat(start.name()).isEqualTo(common ? "HEIC" : format.name());
            int enough = Math.min(PictureStart.ENOUGH, picture.length);
            assertThat(PictureStart.match(picture, 0, enough, true)).isEqualTo(WireFormat.Match.YES);
            seen.add(format);
        }
        assertThat(seen).containsExactlyInAnyOrder(ImageFormat.values());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "avif", "avis", "heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs", "mif1", "mif2", "msf1",
                "miaf", "avci", "avcs", "jpeg", "jpgs", "j2ki", "j2is", "isom", "iso2", "mp41", "mp42", "qt  ", "avc1",
                "M4V ", "3gp4", "crx ", "dash"
            })
    void bothTablesHaveTheSameBrands(String brand) {
        byte[] bytes = ("\0\0\0\u0010ftyp" + brand + "\0\0\0\0").getBytes(StandardCharsets.ISO_8859_1);
        PictureStart start = PictureStart.of(bytes, 0, bytes.length);
        ImageFormat format = ImageFormat.of(bytes);
        assertThat(start == null ? null : start.name()).isEqualTo(format == null ? null : format.name());
    }

    private static Set<String> names(Enum<?>[] kinds) {
        return Arrays.stream(kinds).map(Enum::name).collect(Collectors.toSet());
    }
}
