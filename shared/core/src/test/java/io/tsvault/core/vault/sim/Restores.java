package io.tsvault.core.vault.sim;

import io.tsvault.core.restore.Job;
import io.tsvault.core.vault.sim.Scenario.Stage;
import io.tsvault.core.vault.sim.Server.Kind;

import java.util.List;

/// Restores that are played: who is at work, and into what.
final class Restores {
    private static final int RESTARTS = 3;
    private static final int CANCELS = 3;

    /// Into a Prometheus that is empty.
    static final Scenario HEAD = into("restore-head", Kind.HEAD);

    /// Into one that takes any order.
    static final Scenario ANY = into("restore-any", Kind.ANY);
    static final Scenario KEEPER = into("restore-keeper", Kind.KEEPER);

    /// Two at work on one job.
    static final Scenario TWO = ANY.named("restore-two").with("another", Restoring.of(Wish.SKIP));

    static final Scenario TWO_HEAD =
            HEAD.named("restore-two-head").with("another", Restoring.of(Wish.SKIP));

    static final Scenario TWO_KEEPER =
            KEEPER.named("restore-two-keeper").with("another", Restoring.of(Wish.SKIP));

    /// Two jobs that write to the same times.
    static final Scenario TWO_JOBS =
            KEEPER.named("restore-two-jobs").with("another", Restoring.of(Wish.SKIP.again("two")));

    static final Scenario OVERWRITE =
            into("restore-overwrite", Kind.ANY.having(Had.OTHER), Wish.SKIP.overlap("overwrite"));
    static final Scenario CONFLICTS = into("restore-conflicts", Kind.ANY.having(Had.OTHER));
    static final Scenario AS_OF = into("restore-as-of", Kind.HEAD, Wish.SKIP.asItWas());
    static final Scenario POISON = into("restore-poison", Kind.HEAD.having(Had.POISON));

    /// While slices expire that are not pinned, and are collected.
    static final Scenario GC =
            ANY.named("restore-gc").with("collector", Programs::expireAndCollect);

    static final List<Scenario> ALL =
            List.of(
                    HEAD,
                    ANY,
                    KEEPER,
                    TWO,
                    TWO_HEAD,
                    TWO_KEEPER,
                    TWO_JOBS,
                    OVERWRITE,
                    CONFLICTS,
                    AS_OF,
                    POISON,
                    GC,
                    into("restore-head-half-full", Kind.HEAD.having(Had.EQUAL)),
                    into("restore-head-keeping-rest", Kind.HEAD.keepingRest()),
                    into("restore-keeper-half-full", Kind.KEEPER.having(Had.EQUAL)),
                    into("restore-poison-any", Kind.ANY.keepingRest().having(Had.POISON)),
                    into("restore-warn", Kind.KEEPER.having(Had.OTHER), Wish.SKIP.overlap("warn")),
                    into("restore-fail", Kind.ANY.having(Had.OTHER), Wish.SKIP.overlap("fail")),
                    into("restore-unchecked", Kind.HEAD, Wish.SKIP.overlap("unchecked")));

    private Restores() {}

    private static Scenario into(String name, Kind kind) {
        return into(name, kind, Wish.SKIP);
    }

    private static Scenario into(String name, Kind kind, Wish wish) {
        return Scenario.of(name)
                .on(new Stage("hours", (_, _) -> Hours::keep, kind))
                .with("restorer", Restoring.of(wish))
                .with("power", Restores::restarts)
                .with("canceller", Restores::cancels)
                .ending(world -> new Brought(world, wish).audit());
    }

    /// The target is restarted, again and again.
    private static void restarts(Actor me) {
        for (int i = 0; i < RESTARTS && !me.world().isCalm(); i++) {
            if (me.step("restarts the target").kills()) {
                throw me.death();
            }
            me.world().target().restart();
        }
    }

    /// All jobs are cancelled, again and again.
    private static void cancels(Actor me) {
        for (int i = 0; i < CANCELS && !me.world().isCalm(); i++) {
            Job.all(me.vault()).forEach(job -> job.cancel("enough"));
        }
    }
}
