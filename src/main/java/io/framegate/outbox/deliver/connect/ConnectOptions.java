package io.framegate.outbox.deliver.connect;

import io.framegate.settings.Numbers;
import io.framegate.settings.Setting;
import io.framegate.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of {@code framegate check} that try the targets, and the result of that. */
public final class ConnectOptions {

    /** A service is not available, as in sysexits.h: another attempt may help. */
    private static final int UNAVAILABLE = 69;

    @Option(
            names = "--connect",
            description = "Then tries each target that is on, once: connects, logs in, and looks for its directory,"
                    + " bucket, queue or topic. Delivers nothing.")
    private boolean connect;

    @Option(
            names = "--connect-timeout",
            paramLabel = "TIME",
            defaultValue = "10s",
            converter = Time.class,
            description = "How long a target may take (default: ${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ofSeconds(10);

    /** The directories that an operator has set, by the names of their properties. The check overrides them. */
    private final Map<String, Path> directories = new HashMap<>();

    private boolean failed;

    /** Keeps the directories, which the check will override. */
    public void begin(Settings settings) {
        for (Setting<?> setting : settings.directories()) {
            directories.put(setting.name(), Path.of(settings.text(setting)));
        }
    }

    /** Tries these targets. Returns a line for each, or none without {@code --connect}. */
    public List<String> lines(CamelContext context, Collection<String> targets) {
        if (!connect) {
            return List.of();
        }
        List<ConnectionCheck.Result> results = new ConnectionCheck(context, this::given, timeout).results(targets);
        failed = !results.stream().allMatch(ConnectionCheck.Result::reached);
        return results.stream().map(ConnectionCheck.Result::line).toList();
    }

    /** The operator's directory in place of a directory of the check, which has the name of the property. */
    private Path given(Path directory) {
        return directories.getOrDefault(directory.getFileName() + "", directory);
    }

    /** The exit code of a check that found no fault in the properties and routes. */
    public int exitCode() {
        return failed ? UNAVAILABLE : 0;
    }

    static final class Time implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            try {
                return Numbers.parseTime(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }
}
