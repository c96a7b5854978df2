package io.tsvault.core.json;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/// The members of an object, asked for one by one. What is wrong is collected; until all have been
/// asked for, something harmless stands for what is missing.
public final class Fields {
    /// What to do with members that nobody asked for.
    public enum Unknown {
        REFUSED,
        IGNORED
    }

    private final SortedMap<String, Json> members;
    private final String pointer;
    private final Unknown unknown;
    private final List<String> problems;
    private final Set<String> asked = new HashSet<>();

    private Fields(Json json, String pointer, Unknown unknown, List<String> problems) {
        this.pointer = pointer;
        this.unknown = unknown;
        this.problems = problems;
        this.members = json instanceof Json.Members(var values) ? values : new TreeMap<>();
        if (!(json instanceof Json.Members)) {
            problems.add(pointer + ": an object is expected, not " + shown(json));
        }
    }

    /// Reads a whole document.
    ///
    /// @param shape makes the result; an `IllegalArgumentException` of it is one more problem
    /// @throws WrongShape with everything that is wrong
    public static <T> T read(Json json, Unknown unknown, Function<Fields, T> shape) {
        List<String> problems = new ArrayList<>();
        Optional<T> value = new Fields(json, "", unknown, problems).shaped(shape);
        if (!problems.isEmpty() || value.isEmpty()) {
            throw new WrongShape(problems);
        }
        return value.get();
    }

    private <T> Optional<T> shaped(Function<Fields, T> shape) {
        int before = problems.size();
        Optional<T> value = Optional.empty();
        try {
            value = Optional.of(shape.apply(this));
        } catch (IllegalArgumentException e) {
            if (problems.size() == before) {
                problems.add(pointer + ": " + e.getMessage());
            }
        }
        refuseUnknown();
        return problems.size() == before ? value : Optional.empty();
    }

    private void refuseUnknown() {
        if (unknown == Unknown.REFUSED) {
            members.keySet().stream()
                    .filter(name -> !asked.contains(name))
                    .forEach(name -> problems.add(at(name) + ": unknown; " + meant(name)));
        }
    }

    private String meant(String name) {
        return Nearest.to(name, asked)
                .map(near -> near + " was meant?")
                .orElseGet(() -> "here may be " + String.join(", ", new TreeSet<>(asked)));
    }

    /// Is this member there?
    public boolean has(String name) {
        asked.add(name);
        return members.containsKey(name);
    }

    /// A string.
    public String text(String name) {
        return found(name).flatMap(json -> text(json, at(name))).orElse("");
    }

    /// A string that means something; what `type` refuses by an `IllegalArgumentException` is a
    /// problem.
    public <T> Optional<T> required(String name, Function<String, T> type) {
        return found(name).flatMap(json -> typed(json, at(name), type));
    }

    /// A string that means something, which may be left out.
    public <T> Optional<T> typed(String name, Function<String, T> type) {
        return has(name) ? required(name, type) : Optional.empty();
    }

    /// An array of strings that mean something, which may be left out.
    public <T> List<T> allTyped(String name, Function<String, T> type) {
        return has(name)
                ? items(name, (fields, json, at) -> fields.typed(json, at, type))
                : List.of();
    }

    private <T> Optional<T> typed(Json json, String at, Function<String, T> type) {
        return text(json, at)
                .flatMap(
                        text -> {
                            try {
                                return Optional.of(type.apply(text));
                            } catch (IllegalArgumentException e) {
                                problems.add(at + ": " + e.getMessage());
                                return Optional.empty();
                            }
                        });
    }

    /// A whole number from `least` to `most`.
    public long whole(String name, long least, long most) {
        return found(name).flatMap(json -> whole(json, at(name), least, most)).orElse(least);
    }

    /// A whole number from 0.
    public long count(String name) {
        return whole(name, 0, Long.MAX_VALUE);
    }

    /// Any whole number.
    public long whole(String name) {
        return found(name)
                .flatMap(json -> whole(json, at(name), Long.MIN_VALUE, Long.MAX_VALUE))
                .orElse(0L);
    }

    /// `true` or `false`.
    public boolean truth(String name) {
        return found(name)
                .map(
                        json -> {
                            if (json instanceof Json.Truth(boolean value)) {
                                return value;
                            }
                            problems.add(at(name) + ": true or false, not " + shown(json));
                            return false;
                        })
                .orElse(false);
    }

    /// `true` or `false`; `otherwise` when it is left out.
    public boolean truth(String name, boolean otherwise) {
        return has(name) ? truth(name) : otherwise;
    }

    /// One more rule, about what has been read already.
    ///
    /// @param rule throws an `IllegalArgumentException` that says what is wrong with `name`
    public void check(String name, Runnable rule) {
        try {
            rule.run();
        } catch (IllegalArgumentException e) {
            problems.add(at(name) + ": " + e.getMessage());
        }
    }

    /// Is it an array?
    public boolean isArray(String name) {
        return members.get(name) instanceof Json.Items;
    }

    /// An array of strings.
    public List<String> texts(String name) {
        return items(name, (fields, json, at) -> fields.text(json, at));
    }

    /// An array of whole numbers from 0.
    public List<Long> wholes(String name) {
        return items(name, (fields, json, at) -> fields.whole(json, at, 0, Long.MAX_VALUE));
    }

    /// An array of objects.
    public <T> List<T> list(String name, Function<Fields, T> shape) {
        return items(name, (fields, json, at) -> fields.below(json, at).shaped(shape));
    }

    /// An object.
    public <T> Optional<T> object(String name, Function<Fields, T> shape) {
        return found(name).flatMap(json -> below(json, at(name)).shaped(shape));
    }

    /// An object that may be left out.
    public <T> Optional<T> optional(String name, Function<Fields, T> shape) {
        return has(name) ? object(name, shape) : Optional.empty();
    }

    /// An object whose names are not fixed, with strings.
    public Map<String, String> strings(String name) {
        SortedMap<String, String> strings = new TreeMap<>();
        found(name)
                .map(json -> below(json, at(name)))
                .ifPresent(
                        fields ->
                                fields.members
                                        .keySet()
                                        .forEach(key -> strings.put(key, fields.text(key))));
        return strings;
    }

    private interface Shape<T> {
        Optional<T> of(Fields fields, Json json, String at);
    }

    private <T> List<T> items(String name, Shape<T> shape) {
        List<T> values = new ArrayList<>();
        Optional<Json> json = found(name);
        if (json.isPresent() && json.get() instanceof Json.Items(var items)) {
            for (int i = 0; i < items.size(); i++) {
                shape.of(this, items.get(i), at(name) + "/" + i).ifPresent(values::add);
            }
        } else if (json.isPresent()) {
            problems.add(at(name) + ": an array is expected, not " + shown(json.get()));
        }
        return values;
    }

    private Optional<String> text(Json json, String at) {
        if (json instanceof Json.Text(String value)) {
            return Optional.of(value);
        }
        problems.add(at + ": a string is expected, not " + shown(json));
        return Optional.empty();
    }

    private Optional<Long> whole(Json json, String at, long least, long most) {
        if (json instanceof Json.Whole(long value) && value >= least && value <= most) {
            return Optional.of(value);
        }
        String range = least == Long.MIN_VALUE ? "" : " from " + least;
        String end = most == Long.MAX_VALUE ? "" : " to " + most;
        problems.add(at + ": a whole number" + range + end + ", not " + shown(json));
        return Optional.empty();
    }

    private Optional<Json> found(String name) {
        asked.add(name);
        Optional<Json> json = Optional.ofNullable(members.get(name));
        if (json.isEmpty()) {
            problems.add(at(name) + ": missing");
        }
        return json;
    }

    private Fields below(Json json, String at) {
        return new Fields(json, at, unknown, problems);
    }

    private String at(String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    private static String shown(Json json) {
        String text = Json.toString(json);
        return text.length() <= 40 ? text : text.substring(0, 40) + "...";
    }
}
