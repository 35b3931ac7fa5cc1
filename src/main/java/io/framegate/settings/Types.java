package io.framegate.settings;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The types that properties have. */
final class Types {

    /** A token of RFC 6750: a header can carry these characters, and no client encodes them. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    private static final Pattern EVENT_TYPE = Pattern.compile("(?!(?i:true|false|yes|no|on|off)$)[A-Za-z0-9._-]+");

    private Types() {}

    static Type<Boolean> flag() {
        return new Type<>(
                "`true` or `false`",
                accepted(text -> text.equals("true") || text.equals("false")).andThen(text -> text.equals("true")));
    }

    static Type<Integer> number(int least, int most) {
        String range = most == Integer.MAX_VALUE
                ? "a number, " + least + " or more"
                : "a number from " + least + " to " + most;
        return new Type<>(range, text -> Numbers.parse(text, least, most));
    }

    /** A number, 1 or more, or empty. */
    static Type<Optional<Integer>> numberOrNone() {
        return new Type<>(
                "empty, or a number, 1 or more",
                text -> isNone(text, false)
                        ? Optional.empty()
                        : Optional.of(Numbers.parse(text, 1, Integer.MAX_VALUE)));
    }

    static Type<Integer> port() {
        return new Type<>("a port, 1 to 65535", text -> Numbers.parse(text, 1, 65535));
    }

    /** A port to listen on. Tests use 0 to let the system choose one. */
    static Type<Integer> listeningPort() {
        return new Type<>("a port, up to 65535", text -> Numbers.parse(text, 0, 65535));
    }

    /** A port to listen on, or empty. */
    static Type<Optional<Integer>> listeningPortOrNone() {
        return new Type<>(
                "empty, or a port, 1 to 65535",
                text -> isNone(text, false) ? Optional.empty() : Optional.of(Numbers.parse(text, 1, 65535)));
    }

    /** A size that must fit into an array. */
    static Type<Integer> arraySize(String least) {
        return new Type<>(
                "a size from `" + least + "` to `1GB`",
                text -> Math.toIntExact(atLeast(least, ByteSize.parseInt(text))));
    }

    static Type<Long> size(String least) {
        return new Type<>("a size, `" + least + "` or more", text -> atLeast(least, ByteSize.parse(text)));
    }

    /** A size with its unit. An empty text, and 0 if {@code zeroIsNone}, means no size and has the value 0. */
    static Type<Long> sizeOrNone(boolean zeroIsNone) {
        return new Type<>(
                "empty, or a size, like `500GB`",
                text -> isNone(text, zeroIsNone) ? 0L : atLeast("1", ByteSize.parse(withUnit(text))));
    }

    static Type<String> sizeOrPart(String whole, String least) {
        return new Type<>(
                "a size, `" + least + "` or more, or a part of the " + whole + " from `1%` to `100%`",
                text -> checkedSizeOrPart(text, least));
    }

    /** A size or a part of the disk. A text that means no limit has the value 0. */
    static Type<String> sizeOrPartOrNone(String none, Predicate<String> isNone) {
        return new Type<>(
                none + ", or a size, like `10GB`, or a part of the disk, like `5%`",
                text -> isNone.test(text) ? "0" : checkedSizeOrPart(withUnit(text), "1"));
    }

    private static String checkedSizeOrPart(String text, String least) {
        atLeast(least, ByteSize.parseOrPartOf(text, Long.MAX_VALUE));
        return text;
    }

    static Type<Duration> time() {
        return new Type<>("a time, like `500ms`, `30s` or `5m`", Numbers::parseTime);
    }

    /** A time. The value of an empty text, or of 0, is empty. */
    static Type<Optional<Duration>> timeOrNone(String example) {
        return new Type<>(
                "empty, `0`, or a time, like `" + example + "`",
                text -> isNone(text, true) ? Optional.empty() : Optional.of(Numbers.parseTime(text)));
    }

    static Type<String> choice(List<String> values) {
        return new Type<>("`" + String.join("`, `", values) + "`", accepted(values::contains));
    }

    /** A wire format. Only the listeners can check that a jar has it. */
    static Type<String> wireFormat(List<String> known) {
        return new Type<>(
                        "`" + String.join("`, `", known) + "`, or one of a jar in `lib/`",
                        accepted(text -> text.matches("[a-z][a-z0-9-]*")))
                .needing(Type.Needs.WIRE_FORMAT);
    }

    /** A choice that ignores case. */
    static Type<String> choiceInAnyCase(List<String> values) {
        return new Type<>("`" + String.join("`, `", values) + "`", accepted(text -> values.stream()
                .anyMatch(value -> value.equalsIgnoreCase(text))));
    }

    /** Some of these names, separated by commas. */
    static Type<String> someOf(List<String> values) {
        return new Type<>(
                "some of `" + String.join("`, `", values) + "`", accepted(text -> List.of(text.split(",", -1)).stream()
                        .allMatch(one -> values.contains(one.strip().toLowerCase(Locale.ROOT)))));
    }

    static Type<String> text() {
        return new Type<>("any text", text -> text);
    }

    static Type<String> given() {
        return new Type<>("not empty", accepted(text -> !text.isBlank()));
    }

    static Type<String> secret() {
        return text().asSecret();
    }

    static Type<String> matching(String expected, String pattern) {
        Pattern compiled = Pattern.compile(pattern);
        return new Type<>(expected, accepted(text -> compiled.matcher(text).matches()));
    }

    static Type<String> user() {
        return new Type<>(
                "a name without a colon, after which the password would begin",
                accepted(text -> text.indexOf(':') < 0));
    }

    static Type<String> node() {
        return new Type<>("empty, or up to 63 letters, digits and `. _ -`, the first a letter or digit", NodeName::of);
    }

    static Type<String> bearerToken() {
        Predicate<String> token = TOKEN.asMatchPredicate();
        return new Type<>("letters, digits and `. _ ~ + / -`", accepted(text -> text.isEmpty() || token.test(text)))
                .asSecret();
    }

    static Type<String> directory() {
        return new Type<>("a directory", accepted(Types::isDirectory)).needing(Type.Needs.DIRECTORY);
    }

    /** Java's exception for a path with a NUL shows the path, which may be a secret. */
    static boolean isDirectory(String text) {
        return !text.isBlank() && text.indexOf(0) < 0;
    }

    static Type<String> expression() {
        return new Type<>("a simple expression", accepted(text -> !text.isBlank())).needing(Type.Needs.EXPRESSION);
    }

    static Type<String> template(Type.Needs needs) {
        return new Type<>("text with simple expressions", (String text) -> text).needing(needs);
    }

    static Type<String> zone() {
        return new Type<>("`system`, or a zone like `Europe/Berlin`", text -> {
            if (!text.equals("system")) {
                ZoneId.of(text);
            }
            return text;
        });
    }

    static Type<Map<String, String>> cameraNames() {
        return new Type<>("`address=name, address=name`", NamedValues::cameraNames);
    }

    static Type<Map<String, ZoneId>> cameraZones() {
        return new Type<>("`address=zone, address=zone`", NamedValues::zones);
    }

    static Type<String> keepalives() {
        return new Type<>("`name=value, name=value&name=value`", NamedValues::keepalives);
    }

    static Type<Map<String, String>> levels() {
        return new Type<>("empty, or `logger=level, logger=level`, each at least `DEBUG`", NamedValues::levels);
    }

    static Type<Networks> networks() {
        return new Type<>("addresses and networks, like `192.0.2.7, 10.0.0.0/8, 2001:db8::/32`", Networks::parse);
    }

    static Type<List<String>> cameraPlaces() {
        return new Type<>(
                "some of `?parameter`, `Header-Name` and `/path/{camera}`, with commas between them",
                CameraPlaces::parse);
    }

    static Type<String> events() {
        return new Type<>(
                "`true`, `false`, or types of events like `alarmStatus, PEA`",
                accepted(text -> text.equals("true")
                        || text.equals("false")
                        || List.of(text.split(",", -1)).stream()
                                .allMatch(
                                        type -> EVENT_TYPE.matcher(type.strip()).matches())));
    }

    /** An address whose scheme is one of these; it may hold a password. */
    static Type<String> address(String... schemes) {
        Pattern address = Pattern.compile("\\s*\\(?(" + String.join("|", schemes) + "):.+");
        return new Type<>(
                        "an address with a host that begins with `" + String.join(":`, `", schemes) + ":`",
                        accepted(text -> address.matcher(text).matches() && ServerAddresses.areAddresses(text)))
                .asSecret();
    }

    /** An address of HTTP or HTTPS, or empty. */
    static Type<String> httpAddressOrNone() {
        return new Type<>(
                "empty, or `http://` or `https://` and a host",
                accepted(text ->
                        text.isEmpty() || (text.matches("https?://[^/\\s]+.*") && ServerAddresses.isAddress(text))));
    }

    static Type<String> host() {
        return new Type<>("a host name or an IP address", accepted(ServerAddresses::isHost));
    }

    static Type<String> brokers() {
        return new Type<>("`host:port, host:port`", accepted(ServerAddresses::areBrokers));
    }

    private static Function<String, String> accepted(Predicate<String> rule) {
        return text -> {
            if (!rule.test(text)) {
                throw new IllegalArgumentException();
            }
            return text;
        };
    }

    private static long atLeast(String least, long size) {
        if (size < ByteSize.parse(least)) {
            throw new IllegalArgumentException();
        }
        return size;
    }

    static boolean isNone(String text, boolean zeroIsNone) {
        return text.isBlank() || (zeroIsNone && text.equals("0"));
    }

    /**
     * Requires a unit: a bare number would mean bytes, but an operator who writes 500 for a retention means gigabytes.
     */
    private static String withUnit(String text) {
        if (text.matches("[0-9 ]*")) {
            throw new IllegalArgumentException();
        }
        return text;
    }
}
