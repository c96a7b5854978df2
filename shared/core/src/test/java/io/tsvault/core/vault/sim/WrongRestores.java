package io.tsvault.core.vault.sim;

import io.tsvault.core.json.Json;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.store.Passage;
import io.tsvault.core.store.Pause;
import io.tsvault.core.target.Detour;
import io.tsvault.core.target.Outcome;
import io.tsvault.core.target.Outcome.Refused;
import io.tsvault.core.target.Outcome.Stored;
import io.tsvault.core.target.Outcome.Unknown;
import io.tsvault.core.target.Standing;
import io.tsvault.core.target.Target;
import io.tsvault.core.vault.record.Event.Unpin;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// Mistakes that a restore could make. Each is planted between the restorer of production and one
/// of its ports: the target, the store, the clock, the wish.
final class WrongRestores {
    private static final String BIRTH = "read vault.json";
    private static final String PROGRESS = "/partitions/";

    private WrongRestores() {}

    static Map<String, Scenario> all() {
        Map<String, Scenario> all = new LinkedHashMap<>();
        all.putAll(waiting());
        all.putAll(writing());
        all.putAll(looking());
        all.putAll(remembering());
        all.putAll(heeding());
        return all;
    }

    /// Who does not wait.
    private static Map<String, Scenario> waiting() {
        return Map.of(
                "nothing is waited for until it is flushed",
                standing(Restores.ANY, right -> standing(right, false, Duration.ZERO)),
                "a lost answer is waited for as a given one",
                writes(Restores.KEEPER, WrongRestores::surely),
                "no pause is taken",
                plays(Restores.ANY, pausing(_ -> _ -> {})),
                "whoever goes on does not wait for what is under way",
                plays(Restores.KEEPER, hasty()),
                "a target that keeps duplicates is taken for one that does not",
                standing(Restores.KEEPER, right -> standing(right, false, right.flushWait())));
    }

    /// Who takes an answer for another.
    private static Map<String, Scenario> writing() {
        return Map.of(
                "a batch whose answer was lost is sent again at once",
                writes(Restores.KEEPER, WrongRestores::blindly),
                "a refused batch is not halved",
                writes(Restores.POISON, WrongRestores::unhalved),
                "windows are brought as they come into one that takes them in order",
                standing(Restores.HEAD, WrongRestores::anyOrder));
    }

    /// Who sees what is not so.
    private static Map<String, Scenario> looking() {
        return Map.of(
                "what is sent is taken for there", sees(Restores.ANY, WrongLooks.Believing::new),
                "the first look is taken for the last", sees(Restores.KEEPER, WrongLooks.Once::new),
                "other values are taken for equal", sees(Restores.CONFLICTS, WrongLooks.Equal::new),
                "a look that broke off is taken for whole",
                        sees(Restores.CONFLICTS, WrongLooks.BrokenOff::new),
                "a look that failed is taken for nothing there",
                        sees(Restores.KEEPER, WrongLooks.Failed::new),
                "nobody looks", sees(Restores.CONFLICTS, WrongLooks.Blind::new));
    }

    /// Who writes down what is not so, or forgets it.
    private static Map<String, Scenario> remembering() {
        return Map.of(
                "progress is told before the proof",
                plays(Restores.ANY, progressFirst()),
                "progress is told of the window behind",
                Restores.HEAD.through(changing(PROGRESS, WrongRestores::oneFurther)),
                "what lacks is not written down",
                Restores.POISON.through(forgetting("/missing-")),
                "conflicts are not written down",
                Restores.CONFLICTS.through(forgetting("/conflicts-")),
                "what is replaced is not kept",
                Restores.OVERWRITE.through(forgetting("/replaced-")),
                "a claim is made on a name, not on the server",
                Restores.TWO_JOBS.with(
                        "another", Restoring.of(Wish.SKIP.again("two").into("other"))));
    }

    /// Who does not do as he was asked.
    private static Map<String, Scenario> heeding() {
        return Map.of(
                "nothing is pinned",
                plays(Restores.GC, unpinning()),
                "asOf is ignored",
                plays(Restores.AS_OF, wishing(_ -> Wish.SKIP)),
                "what is skipped is overwritten",
                plays(Restores.CONFLICTS, wishing(right -> right.overlap("overwrite"))),
                "conflicts are only listed",
                plays(Restores.CONFLICTS, wishing(right -> right.overlap("warn"))),
                "a cancel is asked for once",
                plays(Restores.HEAD, frozen()),
                "more is deleted than is replaced",
                targets(Restores.OVERWRITE, Greedy::new));
    }

    private static Scenario plays(Scenario scenario, Mistake mistake) {
        Scenario wrong = scenario;
        for (var program : scenario.programs().entrySet()) {
            if (program.getValue() instanceof Restoring right) {
                wrong = wrong.with(program.getKey(), right.by(mistake));
            }
        }
        return wrong;
    }

    private static Scenario targets(Scenario scenario, UnaryOperator<Target> wrong) {
        return plays(
                scenario,
                new Mistake() {
                    @Override
                    public Target target(Actor me, Wish wish, Target right) {
                        return wrong.apply(right);
                    }
                });
    }

    private static Scenario standing(Scenario scenario, UnaryOperator<Standing> wrong) {
        return targets(
                scenario,
                right ->
                        new Detour(right) {
                            @Override
                            public Standing probe() {
                                return wrong.apply(super.probe());
                            }
                        });
    }

    private static Scenario writes(
            Scenario scenario,
            BiFunction<Function<List<Series>, Outcome>, List<Series>, Outcome> wrong) {
        return targets(
                scenario,
                right ->
                        new Detour(right) {
                            @Override
                            public Outcome write(List<Series> batch) {
                                return wrong.apply(super::write, batch);
                            }
                        });
    }

    private static Scenario sees(Scenario scenario, Function<Target, WrongLooks> wrong) {
        return targets(scenario, wrong::apply);
    }

    private static Mistake pausing(UnaryOperator<Pause> wrong) {
        return new Mistake() {
            @Override
            public Pause pause(Actor me, Pause right) {
                return wrong.apply(right);
            }
        };
    }

    /// Waits for nothing before the first look.
    private static Mistake hasty() {
        return new Mistake() {
            @Override
            public Pause pause(Actor me, Pause right) {
                return time -> {
                    List<String> life =
                            me.asked().subList(me.asked().lastIndexOf(BIRTH), me.asked().size());
                    if (life.contains("look")) {
                        right.take(time);
                    }
                };
            }
        };
    }

    private static Mistake wishing(UnaryOperator<Wish> wrong) {
        return new Mistake() {
            @Override
            public Wish wish(Wish right) {
                return wrong.apply(right);
            }
        };
    }

    private static Standing standing(Standing right, boolean keepsDuplicates, Duration flush) {
        return standing(right, right.order(), keepsDuplicates, flush);
    }

    private static Standing anyOrder(Standing right) {
        return standing(right, Standing.Order.ANY, right.keepsDuplicates(), right.flushWait());
    }

    private static Standing standing(
            Standing right, Standing.Order order, boolean keepsDuplicates, Duration flush) {
        return new Standing(
                right.product(),
                right.version(),
                right.identity(),
                right.clock(),
                order,
                right.headMs(),
                right.retention(),
                keepsDuplicates,
                right.digits(),
                flush,
                right.replacesBeforeMs(),
                right.holdsLate(),
                right.started(),
                right.notes());
    }

    private static Outcome blindly(Function<List<Series>, Outcome> write, List<Series> batch) {
        Outcome outcome = write.apply(batch);
        return outcome instanceof Unknown ? write.apply(batch) : outcome;
    }

    private static Outcome surely(Function<List<Series>, Outcome> write, List<Series> batch) {
        Outcome outcome = write.apply(batch);
        return outcome instanceof Unknown ? new Stored() : outcome;
    }

    private static Outcome unhalved(Function<List<Series>, Outcome> write, List<Series> batch) {
        Outcome outcome = write.apply(batch);
        return outcome instanceof Refused refused
                ? new Refused(refused.reason(), refused.message(), true)
                : outcome;
    }

    /// Between the store and production: what is created under such names is not there.
    private static Place.Client forgetting(String name) {
        return right ->
                new Passage(right) {
                    @Override
                    public ObjectStore.Creation create(String key, byte[] bytes) {
                        return key.contains(name)
                                ? ObjectStore.Creation.CREATED
                                : super.create(key, bytes);
                    }
                };
    }

    private static Place.Client changing(String name, UnaryOperator<byte[]> change) {
        return right ->
                new Passage(right) {
                    @Override
                    public ObjectStore.Creation create(String key, byte[] bytes) {
                        return super.create(key, key.contains(name) ? change.apply(bytes) : bytes);
                    }
                };
    }

    private static byte[] oneFurther(byte[] progress) {
        if (!(Json.parse(progress, "the progress") instanceof Json.Members members)
                || !(members.values().get("doneMs") instanceof Json.Whole(long doneMs))) {
            throw new IllegalStateException("a progress has no doneMs");
        }
        return members.with("doneMs", doneMs + Duration.ofHours(1).toMillis()).toBytes();
    }

    /// Says that a window is done, and then writes it.
    private static Mistake progressFirst() {
        return new Mistake() {
            @Override
            public Target target(Actor me, Wish wish, Target right) {
                return new Detour(right) {
                    @Override
                    public Outcome write(List<Series> batch) {
                        tell(me, wish, batch);
                        return super.write(batch);
                    }
                };
            }
        };
    }

    private static void tell(Actor me, Wish wish, List<Series> batch) {
        long ms = batch.getLast().samples().timestampMs(batch.getLast().samples().size() - 1);
        long width = Duration.ofHours(2).toMillis();
        long endMs = Math.ceilDiv(ms, width) * width;
        String progress =
                """
                {"doneMs": %d, "targetStarted": "%s", "expected": 0, "before": 0, "written": 0,
                 "conflicts": 0, "missing": 0, "rounded": 0, "between": 0, "replaced": 0}
                """
                        .formatted(endMs, me.world().target().started());
        ObjectStore store = me.store(me.world().main());
        String folder = "restores/" + wish.jobId() + PROGRESS + "0000/";
        int number = store.list(folder, "", 1000).size() + 1;
        store.create(
                folder + "%010d_%010d.json".formatted(9_999_999_999L - number, number),
                progress.getBytes(StandardCharsets.UTF_8));
    }

    private static Mistake unpinning() {
        return new Mistake() {
            @Override
            public void enters(Actor me, Wish wish, String phase) {
                if (phase.equals("replay")) {
                    me.log().append(_ -> Optional.of(new Unpin("restore-" + wish.jobId())));
                }
            }
        };
    }

    private static Mistake frozen() {
        return new Mistake() {
            @Override
            public Clock clock(Clock right) {
                return Clock.fixed(right.instant(), ZoneOffset.UTC);
            }
        };
    }

    /// Deletes all series of a metric.
    private static final class Greedy extends Detour {
        Greedy(Target right) {
            super(right);
        }

        @Override
        public void delete(Selector selector, TimeRange range) {
            Predicate<String> isName = "__name__"::equals;
            super.delete(
                    Selector.of(
                            selector.matchers().stream()
                                    .filter(matcher -> isName.test(matcher.name()))
                                    .toList()),
                    range);
        }
    }
}
