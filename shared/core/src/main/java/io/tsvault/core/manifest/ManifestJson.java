package io.tsvault.core.manifest;

import io.tsvault.core.config.TimeText;
import io.tsvault.core.json.Fields;
import io.tsvault.core.json.Fields.Unknown;
import io.tsvault.core.json.Json;
import io.tsvault.core.json.MalformedJson;
import io.tsvault.core.json.WrongShape;
import io.tsvault.core.relabel.Rule;
import io.tsvault.core.series.Selector;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// The manifest as JSON, in and out.
final class ManifestJson {
    private static final Duration LONGEST_SHIFT = Duration.ofDays(36_500);
    private static final long MOST_SAMPLES_PER_SECOND = 1_000_000_000;
    private static final Pattern RUN_ID = Pattern.compile("[A-Za-z0-9._-]{0,64}");
    private static final int LONGEST_PROBLEM = 400;

    private ManifestJson() {}

    static Manifest read(byte[] bytes) {
        if (bytes.length > Manifest.MOST_BYTES) {
            throw new InvalidManifest(
                    List.of(
                            "%d bytes; a manifest has at most %d"
                                    .formatted(bytes.length, Manifest.MOST_BYTES)));
        }
        try {
            return read(Json.parse(bytes, "manifest"));
        } catch (MalformedJson e) {
            boolean shown = Secrecy.offence(new String(bytes, StandardCharsets.UTF_8)).isEmpty();
            throw new InvalidManifest(
                    List.of(
                            shown
                                    ? shortened(String.valueOf(e.getMessage()))
                                    : "manifest: no JSON that can be read, and it looks as if it"
                                            + " held a secret or a URL"));
        }
    }

    static Manifest read(Json json) {
        Screening screening = new Screening();
        Json clean = screening.clean(json);
        List<String> problems = new ArrayList<>(screening.problems());
        try {
            Manifest manifest = Fields.read(clean, Unknown.REFUSED, ManifestJson::manifest);
            if (problems.isEmpty()) {
                return manifest;
            }
        } catch (WrongShape e) {
            e.problems().stream()
                    .filter(problem -> screening.problems().stream().noneMatch(samePlace(problem)))
                    .map(ManifestJson::shortened)
                    .forEach(problems::add);
        }
        throw new InvalidManifest(problems);
    }

    private static Predicate<String> samePlace(String problem) {
        String place = problem.substring(0, problem.indexOf(':') + 1);
        return other -> other.startsWith(place);
    }

    private static String shortened(String problem) {
        return problem.length() <= LONGEST_PROBLEM
                ? problem
                : problem.substring(0, LONGEST_PROBLEM) + "...";
    }

    private static Manifest manifest(Fields fields) {
        var _ = fields.whole("tsvaultManifest", Manifest.VERSION, Manifest.VERSION);
        List<String> streams = streams(fields);
        String target = fields.required("target", Manifest::target).orElse("");
        Optional<Instant> from = fields.typed("from", ManifestTime::parse);
        Optional<Instant> to = fields.typed("to", ManifestTime::parse);
        Overlap overlap = fields.typed("overlap", Overlap::of).orElse(Overlap.SKIP);
        Optional<String> confirm = fields.typed("confirm", text -> text);
        fields.check("to", () -> Manifest.requireOrder(from, to));
        if (!target.isEmpty()) {
            fields.check("confirm", () -> Manifest.requireConfirmed(overlap, target, confirm));
        }
        return new Manifest(
                streams,
                target,
                from,
                to,
                fields.allTyped("match", Selector::parse),
                fields.has("relabel") ? fields.list("relabel", Rule::read) : List.of(),
                fields.typed("shift", ManifestJson::shift).orElse(Duration.ZERO),
                fields.typed("asOf", ManifestTime::parse),
                overlap,
                fields.optional("accept", Acceptance::read).orElse(Acceptance.USUAL),
                fields.truth("backupFirst", false),
                fields.truth("follow", false),
                fields.optional("limits", ManifestJson::samplesPerSecond).orElse(0L),
                fields.typed("runId", ManifestJson::runId).orElse(""),
                confirm);
    }

    private static List<String> streams(Fields fields) {
        if (!fields.isArray("stream")) {
            return fields.required("stream", Manifest::stream).stream().toList();
        }
        List<String> streams = fields.allTyped("stream", Manifest::stream);
        fields.check("stream", () -> Manifest.requireDistinct(streams));
        return streams;
    }

    private static Duration shift(String text) {
        Duration shift = TimeText.parseSigned(text);
        if (shift.abs().compareTo(LONGEST_SHIFT) > 0) {
            throw new IllegalArgumentException("\"" + text + "\" is more than a hundred years");
        }
        return shift;
    }

    private static long samplesPerSecond(Fields limits) {
        return limits.has("samplesPerSecond")
                ? limits.whole("samplesPerSecond", 0, MOST_SAMPLES_PER_SECOND)
                : 0;
    }

    private static String runId(String text) {
        if (!RUN_ID.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "\"%s\" is no run id: up to 64 of A-Z a-z 0-9 . _ -".formatted(text));
        }
        return text;
    }

    /// Without the members that say what goes without saying.
    static Json of(Manifest manifest) {
        Json.Members json = Json.object().with("tsvaultManifest", Manifest.VERSION);
        List<String> streams = manifest.streams();
        json =
                streams.size() == 1
                        ? json.with("stream", streams.getFirst())
                        : json.with("stream", streams);
        json = json.with("target", manifest.target());
        json = with(json, "from", manifest.from().map(Instant::toString));
        json = with(json, "to", manifest.to().map(Instant::toString));
        json = with(json, "asOf", manifest.asOf().map(Instant::toString));
        json = with(json, "confirm", manifest.confirm());
        json = with(json, "runId", unless("", manifest.runId()));
        json = with(json, "shift", unless("0s", TimeText.of(manifest.shift())));
        json = with(json, "overlap", unless("skip", manifest.overlap().toString()));
        json = manifest.backupFirst() ? json.with("backupFirst", true) : json;
        json = manifest.follow() ? json.with("follow", true) : json;
        return withObjects(json, manifest);
    }

    private static Json withObjects(Json.Members start, Manifest manifest) {
        Json.Members json = start;
        if (!manifest.match().isEmpty()) {
            json = json.with("match", manifest.match().stream().map(Selector::toString).toList());
        }
        if (!manifest.relabel().isEmpty()) {
            json =
                    json.with(
                            "relabel",
                            Json.of(manifest.relabel().stream().map(Rule::toJson).toList()));
        }
        if (!manifest.accept().equals(Acceptance.USUAL)) {
            json = json.with("accept", manifest.accept().toJson());
        }
        long limit = manifest.samplesPerSecond();
        return limit == 0
                ? json
                : json.with("limits", Json.object().with("samplesPerSecond", limit));
    }

    private static Optional<String> unless(String usual, String value) {
        return Optional.of(value).filter(other -> !other.equals(usual));
    }

    private static Json.Members with(Json.Members json, String name, Optional<String> value) {
        return value.map(text -> json.with(name, text)).orElse(json);
    }
}
