package io.tsvault.aws;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The parts of `s3://bucket/prefix?wish=value&...`, which stand for themselves: nothing
/// is encoded.
record S3Address(String bucket, String prefix, Map<String, String> wishes) {
    private static final Pattern ADDRESS =
            Pattern.compile("s3://([^/?]+)(?:/([^?]*))?(?:\\?(.+))?", Pattern.DOTALL);
    private static final Set<String> WISHES =
            new TreeSet<>(
                    Set.of(
                            "connections",
                            "encryption",
                            "endpoint",
                            "owner",
                            "path-style",
                            "region"));

    S3Address {
        wishes = Map.copyOf(wishes);
    }

    static S3Address parse(String address) {
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "\"%s\" is no address of a vault in S3: s3://bucket/prefix".formatted(address));
        }
        String prefix = Optional.ofNullable(parts.group(2)).orElse("");
        Map<String, String> wishes = new LinkedHashMap<>();
        Optional.ofNullable(parts.group(3)).ifPresent(query -> split(query, wishes));
        return new S3Address(parts.group(1), prefix, wishes);
    }

    private static void split(String query, Map<String, String> wishes) {
        for (String part : query.split("&", -1)) {
            String[] sides = part.split("=", 2);
            if (!WISHES.contains(sides[0]) || sides.length < 2 || sides[1].isEmpty()) {
                throw new IllegalArgumentException(
                        "\"%s\" behind the ? of an address: there can be name=value of %s"
                                .formatted(sides[0], WISHES));
            }
            if (wishes.put(sides[0], sides[1]) != null) {
                throw new IllegalArgumentException(
                        "%s stands twice in an address".formatted(sides[0]));
            }
        }
    }

    Optional<String> wish(String name) {
        return Optional.ofNullable(wishes.get(name));
    }
}
