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
import java.util.stream.Stream;

/**
 * What reads a peer's bytes.
 *
 * @param folders of the files from which a fuzzer starts, below {@code src/test/resources}
 */
record FuzzTarget(String name, Fuzz fuzz, List<String> folders) {

    private static final Path RESOURCES = Path.of("src/test/resources");

    /** Reads bytes; throws if what comes of them breaks a promise. */
    @FunctionalInterface
    interface Fuzz {
        void read(byte[] bytes);
    }

    /** Each wire format, all of them recognised by their first bytes, events, and pictures. */
    static List<FuzzTarget> all() {
        List<FuzzTarget> all = new ArrayList<>();
        List<String> folders = new ArrayList<>();
        for (KnownFormat format : KnownFormat.all()) {
            folders.add("wire/" + format.name());
            List<WireFormat> alone = List.of(format.format().create(PacketLimits.DEFAULT, null));
            all.add(new FuzzTarget(format.name(), new DecoderFuzz(alone), List.of("wire/" + format.name())));
        }
        List<WireFormat> formats = KnownFormat.createAll(PacketLimits.DEFAULT, null);
        all.add(new FuzzTarget("auto", new DecoderFuzz(formats), folders));
        all.add(new FuzzTarget("event", new EventFuzz(), List.of("event", "wire/xml", "wire/json")));
        all.add(new FuzzTarget("image", new ImageFuzz(), List.of("wire/jpeg")));
        return all;
    }

    static FuzzTarget named(String name) {
        return all().stream()
                .filter(target -> target.name.equals(name))
                .findFirst()
                .orElseThrow();
    }

    void read(byte[] bytes) {
        fuzz.read(bytes);
    }

    /** Where inputs are that once broke a promise. */
    Path findings() {
        return RESOURCES.resolve("fuzz").resolve(name);
    }

    /** The golden files, and what was found before. */
    List<byte[]> corpus() {
        List<byte[]> corpus = new ArrayList<>();
        Stream.concat(folders.stream().map(RESOURCES::resolve), Stream.of(findings()))
                .flatMap(FuzzTarget::files)
                .forEach(file -> corpus.add(bytes(file)));
        if (fuzz instanceof ImageFuzz) {
            corpus.addAll(ImageFuzz.pictures());
        }
        return corpus;
    }

    private static Stream<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files
                    .filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".json"))
                    .sorted()
                    .toList()
                    .stream();
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

    @Override
    public String toString() {
        return name;
    }
}
