package io.framegate.fuzz;

import io.framegate.wire.KnownFormat;
import io.framegate.wire.PacketLimits;
import io.framegate.wire.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What reads a peer's bytes, and the files from which a fuzzer starts. */
enum FuzzTarget {
    HTTP(new DecoderFuzz(named("http")), "wire/http"),
    JPEG(new DecoderFuzz(named("jpeg")), "wire/jpeg"),
    LE32(new DecoderFuzz(named("le32")), "wire/le32"),
    BE32(new DecoderFuzz(named("be32")), "wire/be32"),
    LE64(new DecoderFuzz(named("le64")), "wire/le64"),
    LENGTH64(new DecoderFuzz(named("length64")), "wire/length64"),
    LENGTH16(new DecoderFuzz(named("length16")), "wire/length16"),
    XML(new DecoderFuzz(named("xml")), "wire/xml"),
    /** The format is recognised by the first bytes. */
    AUTO(
            new DecoderFuzz(KnownFormat.createAll(PacketLimits.DEFAULT, null)),
            "wire/http",
            "wire/jpeg",
            "wire/le32",
            "wire/be32",
            "wire/le64",
            "wire/length64",
            "wire/length16",
            "wire/xml"),
    EVENT(new EventFuzz(), "event", "wire/xml", "wire/http"),
    IMAGE(new ImageFuzz(), "wire/jpeg", "wire/length64");

    private static final Path RESOURCES = Path.of("src/test/resources");

    private final Fuzz fuzz;
    private final List<String> folders;

    /** Reads bytes; throws if what comes of them breaks a promise. */
    @FunctionalInterface
    interface Fuzz {
        void read(byte[] bytes);
    }

    FuzzTarget(Fuzz fuzz, String... folders) {
        this.fuzz = fuzz;
        this.folders = List.of(folders);
    }

    void read(byte[] bytes) {
        fuzz.read(bytes);
    }

    /** Where inputs are that once broke a promise. */
    Path findings() {
        return RESOURCES.resolve("fuzz").resolve(name().toLowerCase(Locale.ROOT));
    }

    /** The golden files, and what was found before. */
    List<byte[]> corpus() {
        List<byte[]> corpus = new ArrayList<>();
        Stream.concat(folders.stream().map(RESOURCES::resolve), Stream.of(findings()))
                .flatMap(FuzzTarget::files)
                .forEach(file -> corpus.add(bytes(file)));
        if (this == IMAGE) {
            corpus.addAll(ImageFuzz.pictures());
        }
        return corpus;
    }

    private static List<WireFormat> named(String format) {
        return List.of(KnownFormat.of(format).format().create(PacketLimits.DEFAULT, null));
    }

    private static Stream<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.toString().endsWith(".json")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
