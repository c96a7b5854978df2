package io.tsvault.core.restore;

import io.tsvault.core.series.TimeRange;
import io.tsvault.core.target.Standing;

import java.time.Duration;
import java.util.Optional;

/// Can samples of a target be replaced: deleted, and then written anew? Found out by trial on
/// Prometheus 2.42, 2.53 and 3.5:
///
/// | the samples are | delete | write anew |
/// |---|---|---|
/// | in blocks, within the out-of-order window | works | works |
/// | in blocks or the head, without such a window | works | refused: the delete is for good |
/// | in the head, in order, 2.x | works | works, but for the newest sample of a series |
/// | in the head, in order, 3.x | works | taken, and never seen |
/// | in the head, out of order | says yes, does nothing | |
///
/// So only what is in blocks is replaced. Which samples came out of order nobody can tell before:
/// those stop a job when their deletion is looked for in vain, before anything is lost. A
/// Prometheus moves two hours from the head into a block when it has samples of three hours and
/// more behind their beginning, and with them all that came out of order.
final class Replaceable {
    private static final Duration MARGIN = Duration.ofHours(2);

    private Replaceable() {}

    /// Why nothing can be replaced.
    static Optional<String> refusal(Standing standing) {
        if (standing.replacesBeforeMs().isEmpty()) {
            return Optional.of(
                    ("overlap overwrite deletes ranges of samples, and %s does not let us: a"
                                    + " Prometheus does when started with --web.enable-admin-api;"
                                    + " VictoriaMetrics deletes whole series only, and never does."
                                    + " Take skip or warn, which keep what it has")
                            .formatted(standing.name()));
        }
        if (!standing.order().any() && standing.order().window().isZero()) {
            return Optional.of(
                    standing.name()
                            + " takes nothing older than what it has: what overlap overwrite"
                            + " deletes could not be written again. Set in its configuration"
                            + " \"storage: {tsdb: {out_of_order_time_window: 720h}}\", as far back"
                            + " as you restore, and reload");
        }
        return Optional.empty();
    }

    /// Why some may have to wait, though nobody can tell which; nothing where all can be replaced.
    static Optional<String> doubt(Standing standing) {
        if (!standing.holdsLate() || standing.headMs().isEmpty()) {
            return Optional.empty();
        }
        long oldestMs = standing.replacesBeforeMs().orElse(standing.headMs().getAsLong());
        return Optional.of(
                ("%s holds samples in memory that came out of order, and deletes none of them: they"
                                + " are in blocks when it has samples of %s")
                        .formatted(standing.name(), Restorer.time(inBlocksMs(standing, oldestMs))));
    }

    /// When the target has a sample of this time, at the latest, an older one is in a block.
    private static long inBlocksMs(Standing standing, long ms) {
        return ms + 3 * standing.order().inOrder().toMillis();
    }

    /// Why just these cannot be replaced.
    ///
    /// @param conflicts from the first sample with another value to behind the last
    static Optional<String> refusal(Standing standing, TimeRange conflicts) {
        long beforeMs = standing.replacesBeforeMs().orElse(Long.MIN_VALUE);
        if (conflicts.endMs() > beforeMs) {
            return Optional.of(
                    ("samples up to %s have another value, and %s can replace only what is older"
                         + " than %s: what it holds in memory is lost when it is deleted. Wait"
                         + " until it has samples of %s, or restore with \"to\": \"%s\"")
                            .formatted(
                                    Restorer.time(conflicts.endMs() - 1),
                                    standing.name(),
                                    Restorer.time(beforeMs),
                                    Restorer.time(inBlocksMs(standing, conflicts.endMs())),
                                    Restorer.time(beforeMs)));
        }
        if (standing.order().any() || standing.headMs().isEmpty()) {
            return Optional.empty();
        }
        long headMs = standing.headMs().getAsLong();
        long reachMs = standing.order().window().toMillis();
        return conflicts.startMs() >= headMs - reachMs
                ? Optional.empty()
                : Optional.of(
                        ("samples from %s on have another value, and what is older than %s could"
                             + " not be written again: set in its configuration \"storage: {tsdb:"
                             + " {out_of_order_time_window: %dh}}\" and reload")
                                .formatted(
                                        Restorer.time(conflicts.startMs()),
                                        Restorer.time(headMs - reachMs),
                                        Duration.ofMillis(headMs - conflicts.startMs())
                                                .plus(MARGIN)
                                                .toHours()));
    }
}
