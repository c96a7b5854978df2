package io.tsvault.core.manifest;

import io.tsvault.core.json.Json;
import io.tsvault.core.relabel.Rule;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.vault.record.Head;
import io.tsvault.core.vault.record.LogName;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What a person asks to be restored: see the description of the package.
///
/// @param streams sorted, at least one
/// @param from the first time; the beginning of the backup if empty
/// @param to the time behind the last one; the end of the backup if empty
/// @param match sorted; a series has to meet one of them, any series if there is none
/// @param shift is added to every time
/// @param asOf the backup as it was then
/// @param follow goes on with what the backup gets later, without an end
/// @param samplesPerSecond 0 for no limit
/// @param runId makes another job of the same wishes
/// @param confirm the target's name once more
public record Manifest(
        List<String> streams,
        String target,
        Optional<Instant> from,
        Optional<Instant> to,
        List<Selector> match,
        List<Rule> relabel,
        Duration shift,
        Optional<Instant> asOf,
        Overlap overlap,
        Acceptance accept,
        boolean backupFirst,
        boolean follow,
        long samplesPerSecond,
        String runId,
        Optional<String> confirm) {
    /// The most bytes of a manifest: more need not be read.
    public static final int MOST_BYTES = 256 * 1024;

    static final int VERSION = 1;
    private static final int ID_DIGITS = 32;

    /// @throws IllegalArgumentException when it asks for what cannot be
    public Manifest {
        streams = streams.stream().map(Manifest::stream).sorted().toList();
        target = target(target);
        match = match.stream().distinct().sorted(Comparator.comparing(Selector::toString)).toList();
        relabel = List.copyOf(relabel);
        requireDistinct(streams);
        requireOrder(from, to);
        requireConfirmed(overlap, target, confirm);
        if (follow) {
            requireEndless(to, asOf, backupFirst);
        }
    }

    /// Reads an upload.
    ///
    /// @throws InvalidManifest with everything that is wrong
    public static Manifest read(byte[] json) {
        return ManifestJson.read(json);
    }

    /// Reads what is JSON already.
    ///
    /// @throws InvalidManifest with everything that is wrong
    public static Manifest of(Json json) {
        return ManifestJson.read(json);
    }

    static String stream(String name) {
        return LogName.ofStream(name).id();
    }

    static String target(String name) {
        return LogName.ofConfig("targets", name).id();
    }

    static void requireDistinct(List<String> streams) {
        if (streams.isEmpty() || streams.stream().distinct().count() < streams.size()) {
            throw new IllegalArgumentException("name at least one stream, and each once");
        }
    }

    static void requireOrder(Optional<Instant> from, Optional<Instant> to) {
        if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
            throw new IllegalArgumentException(
                    "%s is not behind %s, where it begins".formatted(to.get(), from.get()));
        }
    }

    static void requireConfirmed(Overlap overlap, String target, Optional<String> confirm) {
        if (confirm.isPresent() || overlap == Overlap.OVERWRITE) {
            if (!confirm.equals(Optional.of(target))) {
                throw new IllegalArgumentException(
                        "to overwrite what it has, name the target once more: " + target);
            }
        }
    }

    static void requireEndless(Optional<Instant> to, Optional<Instant> asOf, boolean backupFirst) {
        if (to.isPresent() || asOf.isPresent() || backupFirst) {
            throw new IllegalArgumentException(
                    "it has no end, so \"to\", \"asOf\" and \"backupFirst\" do not go with it");
        }
    }

    /// Is all here that it names?
    ///
    /// @throws InvalidManifest with everything that is not
    public void requireKnown(List<String> knownStreams, List<String> knownTargets) {
        List<String> problems = new ArrayList<>();
        streams.stream()
                .filter(stream -> !knownStreams.contains(stream))
                .forEach(stream -> problems.add(unknown("stream", stream, knownStreams)));
        if (!knownTargets.contains(target)) {
            problems.add(unknown("target", target, knownTargets));
        }
        if (!problems.isEmpty()) {
            throw new InvalidManifest(problems);
        }
    }

    private static String unknown(String kind, String name, List<String> known) {
        return "/%s: no %s is called %s, there is %s"
                .formatted(
                        kind,
                        kind,
                        name,
                        known.isEmpty()
                                ? "none yet: tsvault %s add".formatted(kind)
                                : String.join(", ", known));
    }

    /// The same of a part of the backup, and no more of it.
    public Manifest within(TimeRange part) {
        return new Manifest(
                streams,
                target,
                Optional.of(Instant.ofEpochMilli(part.startMs())),
                Optional.of(Instant.ofEpochMilli(part.endMs())),
                match,
                relabel,
                shift,
                asOf,
                overlap,
                accept,
                backupFirst,
                false,
                samplesPerSecond,
                runId,
                confirm);
    }

    /// The times of the backup that are to come back.
    public TimeRange range() {
        return new TimeRange(
                from.map(Instant::toEpochMilli).orElse(Long.MIN_VALUE),
                to.map(Instant::toEpochMilli).orElse(Long.MAX_VALUE));
    }

    /// Is this series meant?
    public boolean selects(Labels labels) {
        return match.isEmpty() || match.stream().anyMatch(one -> one.matches(labels));
    }

    /// The one spelling of all that mean the same.
    public byte[] canonical() {
        return ManifestJson.of(this).toBytes();
    }

    /// Names the job that this manifest is of this tenant: 32 hexadecimal digits.
    public String jobId(String tenant) {
        if (tenant.isEmpty() || tenant.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("a tenant has a name of one line");
        }
        String text = tenant + "\n" + new String(canonical(), StandardCharsets.UTF_8);
        return Head.hash(text.getBytes(StandardCharsets.UTF_8)).substring(0, ID_DIGITS);
    }

    /// The canonical JSON.
    @Override
    public String toString() {
        return Json.toString(ManifestJson.of(this));
    }
}
