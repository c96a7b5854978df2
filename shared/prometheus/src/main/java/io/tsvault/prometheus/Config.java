package io.tsvault.prometheus;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.series.Labels;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// The two things that matter here in the configuration of a Prometheus. It is written by the
/// server, from what it understood: block style, two spaces a level, strings quoted where they must
/// be. Nothing more is read of YAML.
record Config(Labels externalLabels, boolean readsFromElsewhere) {
    /// That of a server that does not show one.
    static final Config UNKNOWN = new Config(Labels.NONE, false);

    private static final Pattern LABEL = Pattern.compile(" {4}(\\S+?|\".*?\"): (.*)");

    /// That of this server; none where it does not show it.
    static Optional<Config> of(Api api) {
        List<String> yaml = new ArrayList<>();
        try {
            var _ =
                    api.ask(
                            "/api/v1/status/config",
                            walk ->
                                    walk.members(
                                            name -> {
                                                if (name.equals("yaml")) {
                                                    yaml.add(walk.text());
                                                } else {
                                                    walk.skip();
                                                }
                                            }));
        } catch (Permanent _) {
            return Optional.empty();
        }
        return yaml.stream().findFirst().map(Config::of);
    }

    static Config of(String yaml) {
        Map<String, String> labels = new TreeMap<>();
        boolean inGlobal = false;
        boolean inLabels = false;
        boolean reads = false;
        for (String line : yaml.lines().toList()) {
            if (!line.startsWith(" ")) {
                inGlobal = line.equals("global:");
                reads |= line.equals("remote_read:");
            }
            if (!line.startsWith("    ")) {
                inLabels = inGlobal && line.equals("  external_labels:");
            }
            Matcher label = LABEL.matcher(line);
            if (inLabels && label.matches()) {
                String value = unquoted(label.group(2));
                if (!value.isEmpty()) {
                    labels.put(unquoted(label.group(1)), value);
                }
            }
        }
        return new Config(Labels.of(labels), reads);
    }

    private static String unquoted(String text) {
        boolean isQuoted = text.length() > 1 && text.charAt(0) == text.charAt(text.length() - 1);
        if (isQuoted && text.startsWith("'")) {
            return text.substring(1, text.length() - 1).replace("''", "'");
        }
        if (isQuoted && text.startsWith("\"")) {
            return text.substring(1, text.length() - 1).translateEscapes();
        }
        return text;
    }

    /// One for each external label, of the series that have it.
    List<String> selectors() {
        return IntStream.range(0, externalLabels.size())
                .mapToObj(i -> Labels.of(externalLabels.name(i), externalLabels.value(i)))
                .map(Labels::toString)
                .toList();
    }
}
