package io.framegate.settings;

/**
 * The name, type, default and meaning of a property, defined in one place.
 *
 * @param name {@code framegate.intake.idle-timeout}; {@value #TARGET} in it is the placeholder for the name of a target
 * @param standard its default, as an operator would write it
 * @param meaning a sentence for the documentation
 */
public record Setting<T>(String name, Type<T> type, String standard, String meaning) {

    static final String TARGET = "<target>";

    public Setting<T> of(String target) {
        return new Setting<>(name.replace(TARGET, target), type, standard, meaning);
    }

    Setting<T> withDefault(String other) {
        return new Setting<>(name, type, other, meaning);
    }

    /** Reads a value. Throws a {@link SettingException} that names the property. */
    T read(String text) {
        try {
            return type.reader().apply(text);
        } catch (RuntimeException e) {
            String said = String.valueOf(e.getMessage());
            // Readers of secrets describe the fault without the text. Most other readers would only repeat the type.
            boolean saysMore = type.secret() ? said.contains("(expected: ") : e instanceof ValueException;
            throw new SettingException(name, saysMore ? said : refused(text));
        }
    }

    private String refused(String text) {
        return (type.secret() ? "not shown" : text) + " (expected: "
                + type.expected().replace("`", "") + ")";
    }
}
