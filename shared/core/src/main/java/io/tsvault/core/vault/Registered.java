package io.tsvault.core.vault;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.vault.VaultCheck.Absent;
import io.tsvault.core.vault.VaultCheck.Problem;
import io.tsvault.core.vault.key.ObjectKey;
import io.tsvault.core.vault.record.Entry;
import io.tsvault.core.vault.record.Event.Config;
import io.tsvault.core.vault.record.LogName;
import io.tsvault.core.vault.record.UnsupportedVault;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is configured, held against what is kept.
///
/// @param absent streams that are registered, and have no record
/// @param lostSources of which nothing is here, though streams read from them: nobody can remove
///     one that is read from, and who removes one leaves a record
record Registered(List<Absent> absent, List<Problem> lostSources) {
    /// A stream is backed up within hours of its registration, or `status` alarms.
    private static final Duration FIRST_BACKUP = Duration.ofDays(1);

    /// A stream that is registered.
    private record Stream(String name, Instant since, Map<String, String> settings) {}

    static Registered in(Vault vault) {
        List<Absent> absent = new ArrayList<>();
        List<Problem> lost = new ArrayList<>();
        for (String name : vault.configured("streams")) {
            Optional<Stream> stream = stream(vault, name);
            stream.flatMap(one -> absent(vault, one)).ifPresent(absent::add);
            stream.flatMap(one -> lostSource(vault, one)).ifPresent(lost::add);
        }
        return new Registered(List.copyOf(absent), List.copyOf(lost));
    }

    /// Empty when it was removed, or its log cannot be read: that is told of the log.
    private static Optional<Stream> stream(Vault vault, String name) {
        try {
            List<Entry> history = vault.history(LogName.ofConfig("streams", name));
            Map<String, String> settings = Map.of();
            for (Entry entry : history) {
                settings = entry.event() instanceof Config(var now) ? now : settings;
            }
            if (settings.isEmpty()) {
                return Optional.empty();
            }
            Instant since = Instant.ofEpochMilli(history.getFirst().writtenMs());
            return Optional.of(new Stream(name, since, settings));
        } catch (DamagedVault | UnsupportedVault | Permanent e) {
            return Optional.empty();
        }
    }

    /// One that a promotion tells of is lost, and no longer in doubt.
    private static Optional<Absent> absent(Vault vault, Stream stream) {
        LogName log = LogName.ofStream(stream.name);
        boolean isHere =
                Lists.newest(vault.store(), log) > 0
                        || vault.promotion().filter(then -> then.seq(log) > 0).isPresent();
        Instant now = vault.surroundings().clock().instant();
        boolean isLate = stream.since.plus(FIRST_BACKUP).isBefore(now);
        return isHere
                ? Optional.empty()
                : Optional.of(new Absent(stream.name, stream.since, isLate));
    }

    private static Optional<Problem> lostSource(Vault vault, Stream stream) {
        return Optional.ofNullable(stream.settings.get("source"))
                .filter(LogName::isName)
                .map(source -> LogName.ofConfig("sources", source))
                .filter(log -> Lists.newest(vault.store(), log) == 0)
                .map(
                        log ->
                                new Problem(
                                        ObjectKey.records(log),
                                        "gone, though stream %s reads from it"
                                                .formatted(stream.name)));
    }
}
