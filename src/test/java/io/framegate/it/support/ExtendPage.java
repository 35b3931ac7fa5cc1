package io.framegate.it.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.wire.FrameDecoderContract;
import io.framegate.wire.WireFormatProvider;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.ReferenceCounted;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The examples of {@code src/docs/extend.md}, as they are written there. */
public final class ExtendPage {

    private static final Path PAGE = Path.of("src/docs/extend.md");
    private static final String SERVICE = "META-INF/services/io.framegate.wire.WireFormatProvider";

    private ExtendPage() {}

    /** The blocks of code of a section in this language, in their order. */
    public static List<String> blocks(String section, String language) throws IOException {
        String page = Files.readString(PAGE);
        String from = page.substring(page.indexOf("\n## " + section + "\n") + 1);
        int end = from.indexOf("\n## ");
        List<String> blocks = Pattern.compile("(?s)```" + language + "\n(.*?)```")
                .matcher(end < 0 ? from : from.substring(0, end))
                .results()
                .map(block -> block.group(1))
                .toList();
        assertThat(blocks).as(section + " in " + language).isNotEmpty();
        return blocks;
    }

    /** Compiles all classes of a section, by their simple names. */
    public static void compile(String section, Path classes) throws IOException {
        List<JavaFileObject> sources =
                blocks(section, "java").stream().map(ExtendPage::source).toList();
        Files.createDirectories(classes);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        List<String> options = List.of("--release", "17", "-proc:none", "-cp", classPath(), "-d", classes + "");
        assertThat(compiler.getTask(said, null, null, options, null, sources).call())
                .as(said.toString())
                .isTrue();
    }

    /** The jars of an example: the gateway, its tests, and the libraries whose types both show. */
    private static String classPath() {
        return Stream.of(
                        WireFormatProvider.class,
                        FrameDecoderContract.class,
                        Exchange.class,
                        ByteBuf.class,
                        ChannelHandler.class,
                        ByteToMessageDecoder.class,
                        ReferenceCounted.class,
                        Nullable.class,
                        Test.class)
                .map(type ->
                        type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static JavaFileObject source(String code) {
        String name = Pattern.compile("class (\\w+)")
                .matcher(code)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
        return new SimpleJavaFileObject(URI.create("string:///example/" + name + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreErrors) {
                return code;
            }
        };
    }

    /** Packs compiled classes into a jar that offers this wire format, or none if it is empty. */
    public static void pack(Path classes, String provider, Path jar) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                entries.put(classes.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
        if (!provider.isEmpty()) {
            entries.put(SERVICE, provider.getBytes(StandardCharsets.UTF_8));
        }
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream packed = new JarOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                packed.putNextEntry(new JarEntry(entry.getKey()));
                packed.write(entry.getValue());
                packed.closeEntry();
            }
        }
    }
}
