package io.tsvault.core.json;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// A JSON value.
public sealed interface Json {
    /// A string.
    record Text(String value) implements Json {}

    /// A number without fraction.
    record Whole(long value) implements Json {}

    /// `true` or `false`.
    record Truth(boolean value) implements Json {}

    /// `null`.
    record Nothing() implements Json {}

    /// An array.
    record Items(List<Json> values) implements Json {
        /// Copies the list.
        public Items {
            values = List.copyOf(values);
        }
    }

    /// An object.
    record Members(SortedMap<String, Json> values) implements Json {
        /// Copies the map.
        public Members {
            values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        }

        /// These members and one more.
        public Members with(String name, Json value) {
            SortedMap<String, Json> more = new TreeMap<>(values);
            more.put(name, value);
            return new Members(more);
        }

        /// These members and one more.
        public Members with(String name, String value) {
            return with(name, Json.of(value));
        }

        /// These members and one more.
        public Members with(String name, long value) {
            return with(name, Json.of(value));
        }

        /// These members and one more.
        public Members with(String name, boolean value) {
            return with(name, Json.of(value));
        }

        /// These members and an array of strings.
        public Members with(String name, List<String> values) {
            return with(name, Json.of(values.stream().map(Json::of).toList()));
        }
    }

    /// An object without members.
    static Members object() {
        return new Members(new TreeMap<>());
    }

    /// A string.
    static Json of(String value) {
        return new Text(value);
    }

    /// A number.
    static Json of(long value) {
        return new Whole(value);
    }

    /// A truth.
    static Json of(boolean value) {
        return new Truth(value);
    }

    /// An array.
    static Json of(List<? extends Json> values) {
        return new Items(List.copyOf(values));
    }

    /// An object.
    static Json of(Map<String, ? extends Json> values) {
        return new Members(new TreeMap<>(values));
    }

    /// Reads one document.
    ///
    /// @param what it is, for messages
    /// @throws MalformedJson when it is not JSON, or beyond the limits of the package
    static Json parse(byte[] bytes, String what) {
        return JsonParsing.parse(bytes, what);
    }

    /// The canonical form.
    default byte[] toBytes() {
        return toString(this).getBytes(StandardCharsets.UTF_8);
    }

    /// The canonical form as text.
    static String toString(Json json) {
        StringBuilder text = new StringBuilder();
        CanonicalText.append(json, text);
        return text.toString();
    }
}
