package io.tsvault.core.restore;

import io.tsvault.core.series.TimeRange;
import io.tsvault.core.vault.Vault;
import io.tsvault.core.vault.record.Entry;
import io.tsvault.core.vault.record.Event;
import io.tsvault.core.vault.record.Event.Pin;
import io.tsvault.core.vault.record.Event.Unpin;
import io.tsvault.core.vault.record.LogName;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who writes to which time of a target: one job at a time. A claim is a PIN in the log of the
/// target, decided on all claims before it; so of two that come at once the second finds the first.
/// The claim of a job that has ended counts for nothing, however it ended.
///
/// A job must be at work by its own log before it claims, and claims anew whenever it goes on:
/// then nobody can take it for ended who claims later.
final class Claims {
    private final Vault vault;
    private final LogName log;
    private final String job;

    /// @param job its own claims are in nobody's way
    Claims(Vault vault, String job, String target) {
        this.vault = vault;
        this.log = LogName.ofConfig("targets", target);
        this.job = job;
    }

    /// Who is in the way now; takes nothing.
    Optional<String> refusal(TimeRange range) {
        return Optional.of(inTheWay(vault.history(log), range))
                .filter(id -> !id.isEmpty())
                .map(Claims::refusal);
    }

    /// Claims these times, or says which job is in the way.
    Optional<String> take(TimeRange range) {
        String[] other = {""};
        vault.append(
                log,
                history -> {
                    other[0] = inTheWay(history, range);
                    return other[0].isEmpty()
                            ? Optional.of(new Pin(job, range, "is restored into"))
                            : Optional.empty();
                });
        return Optional.of(other[0]).filter(id -> !id.isEmpty()).map(Claims::refusal);
    }

    /// Has anybody claimed a time of this target, this job too, and not let go? Then something of
    /// that may be under way.
    boolean areOpen() {
        return !claims(vault.history(log)).isEmpty();
    }

    private static String refusal(String other) {
        return ("job %s is restoring into the same times of this target: let it end first, or stop"
                        + " it by tsvault job cancel %s")
                .formatted(other, other);
    }

    private String inTheWay(List<Entry> history, TimeRange range) {
        return claims(history).entrySet().stream()
                .filter(claim -> !claim.getKey().equals(job) && claim.getValue().meets(range))
                .map(Map.Entry::getKey)
                .filter(this::isAtWork)
                .findFirst()
                .orElse("");
    }

    private static Map<String, TimeRange> claims(List<Entry> history) {
        Map<String, TimeRange> claims = new LinkedHashMap<>();
        for (Entry entry : history) {
            if (entry.event() instanceof Pin pin) {
                claims.put(pin.holder(), pin.range());
            } else if (entry.event() instanceof Unpin unpin) {
                claims.remove(unpin.holder());
            }
        }
        return claims;
    }

    private boolean isAtWork(String id) {
        return Job.find(vault, id).map(other -> !other.state().isEnd()).orElse(false);
    }

    /// Nothing more will be written.
    void release() {
        vault.append(
                log,
                history ->
                        claims(history).containsKey(job)
                                ? Optional.<Event>of(new Unpin(job))
                                : Optional.empty());
    }
}
