package io.framegate.settings;

import java.net.URI;

/** The address of a collector of traces, over HTTP or HTTPS. */
final class CollectorAddress {

    private static final String EXPECTED = "`http://host:port`, with a path if the collector has one";
    private static final String TRACES = "/v1/traces";

    /** A base address. {@code /v1/traces} is added, as OTLP specifies, unless it is already there. */
    static final Type<URI> BASE = new Type<>(EXPECTED, CollectorAddress::ofTraces).asSecret();

    /** An address that is used unchanged. */
    static final Type<URI> WHOLE = new Type<>(EXPECTED, CollectorAddress::parse).asSecret();

    private CollectorAddress() {}

    static URI ofTraces(String base) {
        URI address = parse(base);
        String start = base.replaceFirst("/+$", "");
        return start.endsWith(TRACES) ? address : URI.create(start + TRACES);
    }

    private static URI parse(String text) {
        URI address = URI.create(text);
        boolean http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
        if (!http || address.getHost() == null || address.getPort() == 0 || address.getPort() > 65_535) {
            throw new IllegalArgumentException();
        }
        if (address.getRawUserInfo() != null || address.getRawQuery() != null || address.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "not shown (expected: an address without user, query and fragment; a login"
                            + " goes into framegate.tracing.headers)");
        }
        return address;
    }
}
