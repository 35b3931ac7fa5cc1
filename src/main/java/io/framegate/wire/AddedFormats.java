package io.framegate.wire;

import java.security.CodeSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Adds the wire formats of jars to the list of formats. */
final class AddedFormats {

    private static final String NAME = "[a-z][a-z0-9-]{0,31}";
    private static final String SERVICE = WireFormatProvider.class.getName();

    private static @Nullable List<KnownFormat> all;

    private AddedFormats() {}

    /**
     * All formats, in detection order.
     *
     * @throws IllegalArgumentException if a jar's format cannot be used; every further call throws it again
     */
    static synchronized List<KnownFormat> with(List<KnownFormat> own) {
        if (all == null) {
            all = insert(own, load());
        }
        return all;
    }

    static List<WireFormatProvider> load() {
        List<WireFormatProvider> found = new ArrayList<>();
        try {
            ServiceLoader.load(WireFormatProvider.class).forEach(found::add);
        } catch (ServiceConfigurationError e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IllegalArgumentException(
                    "wire format of a jar: " + String.valueOf(e.getMessage()).replace(SERVICE + ": ", "") + ", " + cause
                            + " (expected: a class with a public constructor, as META-INF/services/" + SERVICE
                            + " names it)",
                    e);
        }
        return found;
    }

    static List<KnownFormat> insert(List<KnownFormat> own, List<WireFormatProvider> added) {
        List<KnownFormat> formats = new ArrayList<>(own);
        Set<String> names = new HashSet<>(List.of("auto"));
        own.forEach(format -> names.add(format.name()));
        for (WireFormatProvider provider : added) {
            String name = provider.name();
            if (!name.matches(NAME)) {
                throw refused(provider, name, "small letters, digits and -, at most 32");
            }
            if (!names.add(name)) {
                throw refused(provider, name, "a name that no other format has");
            }
            String before = provider.detectedBefore();
            KnownFormat.Factory factory = (limits, options) -> create(provider, limits);
            formats.add(
                    before == null ? formats.size() - 1 : place(own, formats, provider, before),
                    new KnownFormat(name, factory, before == null ? null : factory));
        }
        return List.copyOf(formats);
    }

    private static int place(
            List<KnownFormat> own, List<KnownFormat> formats, WireFormatProvider provider, String before) {
        return own.stream()
                .filter(format -> format.name().equals(before) && format.detector() != null)
                .findFirst()
                .map(formats::indexOf)
                .orElseThrow(() ->
                        refused(provider, before, "the name of a format of the gateway that is detected by itself"));
    }

    private static WireFormat create(WireFormatProvider provider, PacketLimits limits) {
        WireFormat format = provider.create(limits.maxPacketLength());
        if (format.isAnswered()) {
            throw refused(provider, provider.name(), "a format without answers");
        }
        return format;
    }

    private static IllegalArgumentException refused(WireFormatProvider provider, String value, String expected) {
        return new IllegalArgumentException(
                "wire format of " + provider.getClass().getName() + jar(provider.getClass()) + ": " + value
                        + " (expected: " + expected + ")");
    }

    private static String jar(Class<?> format) {
        CodeSource source = format.getProtectionDomain().getCodeSource();
        return source == null || source.getLocation() == null ? "" : " in " + source.getLocation();
    }
}
