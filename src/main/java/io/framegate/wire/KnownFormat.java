package io.framegate.wire;

import io.framegate.wire.http.HttpFormat;
import io.framegate.wire.http.HttpOptions;
import io.framegate.wire.jpeg.JpegFormat;
import io.framegate.wire.json.JsonFormat;
import io.framegate.wire.length.LengthFormat;
import io.framegate.wire.mjpeg.MjpegFormat;
import io.framegate.wire.xml.XmlFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * One row of the list of wire formats, which listeners, {@code replay} and the documentation share.
 *
 * <p>The detector of a row also recognises the rows below it without a detector: only the first frame shows which byte
 * order, or which length of ASCII digits, a connection uses.
 *
 * @param name the format's name in properties and headers
 * @param format creates the format for a listener that accepts only this format
 * @param detector creates the format for a listener that accepts every format, or null
 */
public record KnownFormat(String name, Factory format, @Nullable Factory detector) {

    /** The gateway's own formats, in detection order. */
    private static final List<KnownFormat> OWN = List.of(
            new KnownFormat("http", HttpFormat::new),
            documents("json", JsonFormat::new),
            new KnownFormat("le32", frames(LengthFormat::le32), frames(max -> LengthFormat.int32(max)
                    .orDigits())),
            new KnownFormat("be32", frames(LengthFormat::be32), null),
            new KnownFormat("le64", frames(LengthFormat::le64), frames(max -> LengthFormat.le64(max)
                    .orDigits())),
            new KnownFormat("be64", frames(LengthFormat::be64), frames(max -> LengthFormat.be64(max)
                    .orDigits())),
            new KnownFormat("length64", frames(LengthFormat::ascii64), frames(LengthFormat::ascii)),
            new KnownFormat("length16", frames(LengthFormat::ascii16), null),
            new KnownFormat("lengthline", frames(LengthFormat::line), null),
            // After the lengths, because fill bytes and padding before a picture look like the bytes of a length.
            new KnownFormat("jpeg", frames(JpegFormat::new)),
            new KnownFormat("mjpeg", frames(MjpegFormat::new)),
            // Last, because it also accepts bytes of an unknown format and finds the next packet after them.
            documents("xml", XmlFormat::new));

    /** Creates a format; null options are {@link HttpOptions#DEFAULT}. */
    @FunctionalInterface
    public interface Factory {
        WireFormat create(PacketLimits limits, @Nullable HttpOptions options);
    }

    private KnownFormat(String name, Factory format) {
        this(name, format, format);
    }

    /** A listener that accepts every format accepts XML and JSON on one connection. */
    private static KnownFormat documents(String name, Function<PacketLimits, WireFormat> format) {
        return new KnownFormat(
                name,
                (limits, options) -> format.apply(limits),
                (limits, options) -> new DocumentFormat(format.apply(limits), limits));
    }

    private static Factory frames(IntFunction<WireFormat> format) {
        return (limits, options) -> format.apply(limits.maxPacketLength());
    }

    /**
     * All formats, including those of jars, in detection order.
     *
     * @throws IllegalArgumentException if a jar's format cannot be used
     */
    public static List<KnownFormat> all() {
        return AddedFormats.with(OWN);
    }

    /** The names of all formats. */
    public static List<String> names() {
        return all().stream().map(KnownFormat::name).toList();
    }

    /** The format with this name; throws if the name is unknown. */
    public static KnownFormat of(String name) {
        return all().stream()
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "wire format: " + name + " (expected: auto, " + String.join(", ", names()) + ")"));
    }

    /**
     * The formats for a listener that accepts every format, in detection order, with the
     * {@linkplain Lookalike lookalikes} first. With a login, the listener refuses the formats that have none.
     */
    public static List<WireFormat> createAll(PacketLimits limits, @Nullable HttpOptions options) {
        List<WireFormat> formats = new ArrayList<>(detectors(limits, options));
        formats.add(0, new LookalikeFormat(formats.get(formats.size() - 1)));
        return formats;
    }

    /** The formats for a listener that accepts every format, in detection order. */
    public static List<WireFormat> detectors(PacketLimits limits, @Nullable HttpOptions options) {
        boolean open = options == null || options.login() == null;
        List<WireFormat> formats = new ArrayList<>();
        for (KnownFormat known : all()) {
            if (known.detector != null) {
                WireFormat format = known.detector.create(limits, options);
                formats.add(open || format.isAnswered() ? format : new RefusedFormat(known.name, format));
            }
        }
        return formats;
    }
}
