package io.framegate.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT)
class FileNamesTest {

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
            AA:BB:CC:DD:EE:FF,   AA_BB_CC_DD_EE_FF
            192.0.2.17,          192.0.2.17
            2001:db8::1,         2001_db8__1
            ::1,                 __1
            fe80::1%eth0,        fe80__1_eth0
            /192.0.2.17:4711,    _192.0.2.17_4711
            front door,          front_door
            Tür,                 T_r
            前门,                 __
            .hidden,             _hidden
            -rf,                 _rf
            ..,                  __
            ../../etc/passwd,    _._.._etc_passwd
            ..\\..\\x,           _._.._x
            a%2e%2e%2fb,         a_2e_2e_2fb
            %0d%0aSet-Cookie,    _0d_0aSet-Cookie
            ${header.x},         __header.x_
            name.,               name_
            con,                 _con
            NUL,                 _NUL
            nul.txt,             _nul.txt
            Com1,                _Com1
            LPT9.tar.gz,         _LPT9.tar.gz
            COM,                 COM
            COM12,               COM12
            console,             console
            '',                  unknown
            '   ',               unknown
            """)
    void partIsMadeSafe(String text, String name) {
        assertThat(FileNames.safe(text)).isEqualTo(name);
    }

    @Test
    void noTextIsUnknown() {
        assertThat(FileNames.safe(null)).isEqualTo("unknown");
        assertThat(FileNames.safePath(null)).isEqualTo("unknown");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a\0b", "a\nb", "a\rb", "a\u001Bb", "a\u202Eb", "a\u2024b", "a\uFF0Eb", "a\uFF0Fb", "a/b", "a\\b"
            })
    void whateverIsNotPlainBecomesOneUnderscore(String text) {
        assertThat(FileNames.safe(text)).isEqualTo("a_b");
    }

    @Test
    void longPartIsCut() {
        assertThat(FileNames.safe("a".repeat(300))).isEqualTo("a".repeat(64));
        assertThat(FileNames.safe("a".repeat(63) + "." + "b".repeat(300))).isEqualTo("a".repeat(63) + "_");
        assertThat(FileNames.safe("nul." + "b".repeat(300))).isEqualTo("_nul." + "b".repeat(59));
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
            a/b/c.jpg,                  a/b/c.jpg
            a\\b\\c.jpg,                a/b/c.jpg
            /etc/passwd,                etc/passwd
            //server/share/x.jpg,       server/share/x.jpg
            C:\\cam 1\\x.jpg,           C_/cam_1/x.jpg
            ../../etc/passwd,           etc/passwd
            a/../../b/./c.jpg,          a/b/c.jpg
            a//b/,                      a/b
            .../x.jpg,                  _._/x.jpg
            .framegate/counter,         _framegate/counter
            AA:BB/image_1_x.jpg,        AA_BB/image_1_x.jpg
            a/con/nul.jpg,              a/_con/_nul.jpg
            -a/-b.jpg,                  _a/_b.jpg
            ..,                         unknown
            ../..,                      unknown
            /,                          unknown
            '',                         unknown
            """)
    void pathIsMadeSafe(String path, String name) {
        assertThat(FileNames.safePath(path)).isEqualTo(name);
    }

    @Test
    void defaultNameIsKeptWithTheHighestNumber() {
        String name = "image_9223372036854775807_AA_BB_CC_DD_EE_FF_20260329_095821_snapshot.jpg";
        assertThat(FileNames.safePath("2026/03/29/" + name)).isEqualTo("2026/03/29/" + name);
    }

    @Test
    void longSegmentLosesItsMiddle() {
        assertThat(FileNames.safePath("image_17_" + "x".repeat(300) + "_17.jpg"))
                .hasSize(120)
                .startsWith("image_17_x")
                .endsWith("x_17.jpg");
    }

    @Test
    void longPathLosesItsInnermostDirectories() {
        assertThat(FileNames.safePath("a/" + "directory/".repeat(100) + "image_17_x.jpg"))
                .hasSizeBetween(200, 240)
                .startsWith("a/directory/")
                .endsWith("/directory/image_17_x.jpg");
    }

    @Test
    void noTextLeavesTheDirectory() {
        Random random = new Random(5);
        String alphabet = "./\\-_aN:\0% \u00E9\uD83D\uDE00nulcom1";
        Path root = Path.of("/images");
        for (int i = 0; i < 100_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(20); length > 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String path = FileNames.safePath(text.toString());
            assertThat(path).matches("[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*");
            assertThat(root.resolve(path).normalize())
                    .isEqualTo(root.resolve(path))
                    .startsWithRaw(root);
            assertThat(FileNames.safe(text.toString())).matches("[A-Za-z0-9_][A-Za-z0-9._-]{0,63}");
            assertThat(FileNames.safePath(path)).isEqualTo(path);
        }
    }
}
