package io.framegate.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.event.Packet;
import io.framegate.event.PacketImage;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT)
class Base64TextTest {

    private static Base64Text taken(String text, int... cuts) {
        Base64Text taken = new Base64Text();
        byte[] bytes = text.getBytes(ISO_8859_1);
        int from = 0;
        for (int cut : cuts) {
            taken.append(bytes, from, cut);
            from = cut;
        }
        taken.append(bytes, from, bytes.length);
        taken.end();
        return taken;
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "!AAA, a character outside the alphabet after 0 characters",
                "AAAA.AAA, a character outside the alphabet after 4 characters",
                "AA-A.AA_, a character outside the alphabet after 4 characters",
                "A/AA-AAA, a character outside the alphabet after 4 characters",
                "AAAA_AA+AA, a character outside the alphabet after 7 characters",
                "\"AAAAA A!A A\", a character outside the alphabet after 6 characters",
                "AAAAA, group of 1 (expected: 4) after 4 characters",
                "\"A A\nA A A\", group of 1 (expected: 4) after 4 characters",
                "AA==A, text after its padding after 4 characters",
                "AA=A, text after its padding after 3 characters",
                "AAA==, text after its padding after 4 characters",
                "A=AA, padding inside a group after 1 characters",
                "=, padding inside a group after 0 characters",
                "AR==A, text after its padding after 4 characters",
                "AAAAAAB=BBBB, text after its padding after 8 characters",
                "AAA=\u0660, text after its padding after 4 characters",
            })
    void damageIsToldByItsPlaceWhereverTheTextIsCut(String text, String damage) {
        String whole = new String(taken(text).takeBytes(), ISO_8859_1);
        assertThat(taken(text).damage()).isEqualTo("base64 " + damage);
        for (int first = 0; first <= text.length(); first++) {
            for (int second = first; second <= text.length(); second++) {
                Base64Text cut = taken(text, first, second);
                assertThat(cut.damage()).isEqualTo("base64 " + damage);
                assertThat(cut.encodedLength()).isEqualTo(whole.length());
                assertThat(cut.sha256()).isEqualTo(Hash.newSha256().digest(whole.getBytes(ISO_8859_1)));
                assertThat(new String(cut.takeBytes(), ISO_8859_1)).isEqualTo(whole);
            }
        }
    }

    @Test
    void textInAnyPiecesIsTheSameBytes() {
        Random random = new Random(1);
        for (int round = 0; round < 2000; round++) {
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            Base64.Encoder encoder = random.nextBoolean() ? Base64.getEncoder() : Base64.getMimeEncoder();
            String text = encoder.encodeToString(bytes);
            int first = random.nextInt(text.length() + 1);
            Base64Text taken = taken(text, first, first + random.nextInt(text.length() + 1 - first));

            assertThat(taken.damage()).isNull();
            assertThat(taken.encodedLength()).isEqualTo((bytes.length + 2) / 3 * 4);
            assertThat(HexFormat.of().formatHex(taken.sha256()))
                    .isEqualTo(HexFormat.of().formatHex(Hash.newSha256().digest(bytes)));
            assertThat(taken.takeBytes()).isEqualTo(bytes);
        }
    }

    @Test
    void textDamagedByMarkupKeepsTheGroupThatHadBegun() {
        Base64Text taken = new Base64Text();
        taken.append("AAAAAB".getBytes(ISO_8859_1), 0, 6);
        taken.appendDamaged("]x".getBytes(ISO_8859_1));
        taken.end();

        assertThat(new String(taken.takeBytes(), ISO_8859_1)).isEqualTo("AAAAAB]x");
    }

    @Test
    void textWithoutItsPaddingIsWhole() {
        Random random = new Random(2);
        for (int length = 1; length < 300; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            Base64.Encoder encoder = random.nextBoolean() ? Base64.getEncoder() : Base64.getUrlEncoder();
            String text = encoder.withoutPadding().encodeToString(bytes);
            Base64Text taken = taken(text, random.nextInt(text.length() + 1));

            assertThat(taken.damage()).isNull();
            assertThat(taken.encodedLength()).isEqualTo(text.length());
            assertThat(taken.takeBytes()).isEqualTo(bytes);
        }
    }

    /** RFC 4648, 3.5: the last bits of a padded group mean nothing, but a few senders set them. */
    @ParameterizedTest
    @ValueSource(strings = {"AR==", "AAAAAAB=", "AAAAAQ==", "AAAA", "AR", "AAAAAAB", "AAAAAQ=", "AAAAAAA"})
    void textOfAnImageIsRestoredToItsLastBit(String text) {
        for (int cut = 0; cut <= text.length(); cut++) {
            assertThat(restored(taken(text, cut))).isEqualTo("<a>" + text + "</a>");
        }
    }

    private static String restored(Base64Text text) {
        PacketImage image = text.image(3);
        assertThat(image.damage()).isNull();
        Packet packet = new Packet("xml", "<a>image:0</a>".getBytes(ISO_8859_1), List.of(image), "", 0);
        return new String(packet.restored(), ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"---=", "AAAA--8=", "-R==", "AAAA--", "AAAA_-k", "-AAA--8=", "-AAA---="})
    void urlSafeTextOfAnImageIsRestoredInTheStandardAlphabetWhereverItIsCut(String text) {
        String standard = text.replace('-', '+').replace('_', '/');
        for (int cut = 0; cut <= text.length(); cut++) {
            assertThat(restored(taken(text, cut))).isEqualTo("<a>" + standard + "</a>");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"AAAA---=A", "--_=A", "-R==A", "AAAA--8=_", "AAAA+//=A", "AAAA---=!"})
    void damagedTextIsKeptInItsAlphabetWhereverItIsCut(String text) {
        for (int cut = 0; cut <= text.length(); cut++) {
            assertThat(new String(taken(text, cut).takeBytes(), ISO_8859_1)).isEqualTo(text);
        }
    }

    /** A text of megabytes whose end is damaged must not cost several times its length. */
    @Test
    void damagedTextCostsLittleMoreThanItsLength() {
        Base64Text taken = new Base64Text();
        byte[] piece = "AAAA".repeat(16_000).getBytes(ISO_8859_1);
        for (int i = 0; i < 100; i++) {
            taken.append(piece, 0, piece.length);
        }
        taken.append("!!!".getBytes(ISO_8859_1), 0, 3);
        assertThat(taken.heldBytes()).isBetween(6_400_003, 6_400_003 + 3072);
    }

    @Test
    void smallPiecesCostNoMoreThanTheyHold() {
        byte[] piece = "AAAAAAA".getBytes(ISO_8859_1);
        Base64Text taken = new Base64Text();
        long before = usedMemory();
        for (int i = 0; i < 400_000; i++) {
            taken.append(piece, 0, piece.length);
        }

        assertThat(usedMemory() - before).isLessThan(8_000_000);
        assertThat(taken.heldBytes()).isBetween(2_100_000, 2_100_000 + 3072);
    }

    private static long usedMemory() {
        Runtime.getRuntime().gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
