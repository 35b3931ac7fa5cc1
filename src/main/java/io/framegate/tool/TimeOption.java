package io.framegate.tool;

import io.framegate.event.AsciiDigits;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads options as {@code 500ms}, {@code 60s}, {@code 5m} and {@code 2h}. */
public final class TimeOption implements ITypeConverter<Duration> {

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");

    @Override
    public Duration convert(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new TypeConversionException(text + " (expected: a time, as 500ms, 60s, 5m or 2h)");
        }
        int number = AsciiDigits.parseInt(matcher.group(1), -1);
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }
}
