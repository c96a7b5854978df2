package io.tsvault.core.config;

import io.tsvault.core.json.Nearest;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Settings, asked for one by one. What is wrong is collected and told at once; what was not asked
/// for is unknown.
public final class Settings {
    private static final Pattern USER_INFO = Pattern.compile("://[^/@\\s]*:[^/@\\s]*@");

    private final Map<String, String> values;
    private final Set<String> asked = new HashSet<>();
    private final List<String> problems = new ArrayList<>();

    private Settings(Map<String, String> values) {
        this.values = values;
    }

    /// Reads all of it.
    ///
    /// @param shape makes the result; an `IllegalArgumentException` of it is one more problem
    /// @throws IllegalArgumentException with everything that is wrong
    public static <T> T read(Map<String, String> values, Function<Settings, T> shape) {
        Settings settings = new Settings(values);
        Optional<T> result = Optional.empty();
        try {
            result = Optional.of(shape.apply(settings));
        } catch (IllegalArgumentException e) {
            settings.problems.add(e.getMessage());
        }
        settings.refuseUnknown();
        if (!settings.problems.isEmpty() || result.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", settings.problems));
        }
        return result.get();
    }

    /// A setting that may be absent.
    public Optional<String> text(String name) {
        asked.add(name);
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
    }

    /// A setting that has to be there; empty while it is not, which is a problem.
    public String required(String name) {
        Optional<String> value = text(name);
        if (value.isEmpty()) {
            problems.add(name + " is missing");
        }
        return value.orElse("");
    }

    /// What has to hold of several settings; else this is one more problem.
    public void require(boolean holds, String problem) {
        if (!holds) {
            problems.add(problem);
        }
    }

    /// A setting of another type; `otherwise` when it is absent or cannot be read.
    public <T> T of(String name, T otherwise, Function<String, T> type) {
        return optional(name, type).orElse(otherwise);
    }

    /// A setting of another type that may be absent.
    public <T> Optional<T> optional(String name, Function<String, T> type) {
        return text(name).flatMap(value -> typed(name, value, type));
    }

    private <T> Optional<T> typed(String name, String value, Function<String, T> type) {
        try {
            return Optional.of(type.apply(value));
        } catch (IllegalArgumentException e) {
            problems.add(name + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    /// A length of time such as `15m`.
    public Duration time(String name, Duration otherwise) {
        return of(name, otherwise, TimeText::parse);
    }

    /// `true` or `false`, which it is when absent.
    public boolean truth(String name) {
        return of(
                name,
                false,
                text ->
                        switch (text) {
                            case "true" -> true;
                            case "false" -> false;
                            default ->
                                    throw new IllegalArgumentException(
                                            "\"" + text + "\" is neither true nor false");
                        });
    }

    /// All settings whose names begin so, by the rest of their names.
    public Map<String, String> beginning(String prefix) {
        Map<String, String> found = new TreeMap<>();
        values.forEach(
                (name, value) -> {
                    if (name.startsWith(prefix)) {
                        asked.add(name);
                        found.put(name.substring(prefix.length()), value);
                    }
                });
        return found;
    }

    private void refuseUnknown() {
        for (String name : new TreeSet<>(values.keySet())) {
            if (!asked.contains(name)) {
                problems.add(
                        Nearest.to(name, asked)
                                .map(near -> "%s is unknown; %s was meant?".formatted(name, near))
                                .orElseGet(() -> name + " is unknown"));
            }
        }
    }

    /// Settings are kept where many can read them.
    static void requireNoSecret(Map<String, String> settings) {
        settings.forEach(
                (name, value) -> {
                    if (USER_INFO.matcher(value).find() || hasUserInfo(value)) {
                        throw new IllegalArgumentException(
                                name
                                        + " holds a password; settings only say where it is, such"
                                        + " as --password-env NAME");
                    }
                });
    }

    private static boolean hasUserInfo(String value) {
        try {
            return URI.create(value).getUserInfo() != null;
        } catch (IllegalArgumentException e) {
            return false; // no URL at all
        }
    }

    /// `slice was 2h, mode was not set`.
    static String difference(Map<String, String> is, Map<String, String> wanted) {
        Set<String> names = new TreeSet<>(is.keySet());
        names.addAll(wanted.keySet());
        List<String> differences = new ArrayList<>();
        for (String name : names) {
            String there = is.getOrDefault(name, "");
            if (!there.equals(wanted.getOrDefault(name, ""))) {
                differences.add(there.isEmpty() ? name + " is not set" : name + " is " + there);
            }
        }
        return String.join(", ", differences);
    }
}
