package io.framegate.wire;

import io.framegate.it.support.ExtendPage;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The wire format of {@code src/docs/extend.md}, compiled from the page, passes the tests of all formats. */
class AddedFormatContractTest implements FrameDecoderContract {

    private static URLClassLoader page = new URLClassLoader(new URL[0]);
    private static FrameDecoderContract test = new AddedFormatContractTest();

    @BeforeAll
    static void compile(@TempDir Path classes) throws IOException, ReflectiveOperationException {
        ExtendPage.compile("A wire format", classes);
        page = new URLClassLoader(new URL[] {classes.toUri().toURL()}, AddedFormatContractTest.class.getClassLoader());
        var constructor = page.loadClass("example.PicFormatTest").getDeclaredConstructor();
        constructor.setAccessible(true);
        test = (FrameDecoderContract) constructor.newInstance();
    }

    @AfterAll
    static void close() throws IOException {
        page.close();
    }

    @Override
    public String formatName() {
        return test.formatName();
    }

    @Override
    public WireFormat newFormat(int maxFrameLength) {
        return test.newFormat(maxFrameLength);
    }

    @Override
    public List<Oversized> oversized(int maxFrameLength) {
        return test.oversized(maxFrameLength);
    }
}
