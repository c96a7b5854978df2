package io.tsvault.core.vault.sim;

import java.util.List;
import java.util.stream.Stream;

/// What is played.
final class Scenarios {
    static final Scenario COMMIT = Scenario.of("commit").with("exporter", new Exporter(2));
    static final Scenario PARTS = Scenario.of("parts").with("exporter", new PartsExporter(1));
    static final Scenario AMEND = Scenario.of("amend").after(2, 2).with("amender", new Amender(1));
    static final Scenario EMPTY =
            Scenario.of("empty").with("exporter", me -> Programs.settleWithout(me, 0, 1));
    static final Scenario EXPIRE =
            Scenario.of("expire").after(3, 3).with("expirer", me -> Programs.expire(me, 1));
    static final Scenario COLLECT =
            Scenario.of("collect")
                    .after(3, 3)
                    .with("collector", Programs::expireAndCollect)
                    .ending(Scenarios::noGarbage);
    static final Scenario RESTORE =
            Scenario.of("restore").after(2, 2).with("reader", me -> Programs.restore(me, 2));
    static final Scenario COPY =
            Scenario.of("copy")
                    .after(3, 3)
                    .with("copier", Programs::copy)
                    .ending(Scenarios::copied);

    static final Scenario TWO_WRITERS =
            Scenario.of("two-writers").with("one", new Exporter(2)).with("two", new Exporter(2));
    static final Scenario TWO_WRITERS_IN_PARTS =
            Scenario.of("two-writers-in-parts")
                    .with("one", new PartsExporter(1))
                    .with("two", new PartsExporter(1));
    static final Scenario TWO_AMENDERS =
            Scenario.of("two-amenders")
                    .after(2, 2)
                    .with("one", new Amender(1))
                    .with("two", new Amender(1));
    static final Scenario GC_EXPORT =
            Scenario.of("gc-export")
                    .after(2, 2)
                    .with("exporter", new Exporter(3))
                    .with("collector", Programs::expireAndCollect)
                    .ending(Scenarios::noGarbage);
    static final Scenario GC_PARTS =
            Scenario.of("gc-parts")
                    .with("exporter", new PartsExporter(1))
                    .with("collector", Programs::collect)
                    .ending(Scenarios::noGarbage);
    static final Scenario GC_AMEND =
            Scenario.of("gc-amend")
                    .after(3, 3)
                    .with("amender", new Amender(1))
                    .with("collector", Programs::expireAndCollect)
                    .ending(Scenarios::noGarbage);
    static final Scenario GC_RESTORE =
            Scenario.of("gc-restore")
                    .after(3, 3)
                    .with("reader", me -> Programs.restore(me, 2))
                    .with("collector", Programs::expireAndCollect)
                    .ending(Scenarios::noGarbage);
    static final Scenario TWO_COLLECTORS =
            Scenario.of("two-collectors")
                    .after(3, 3)
                    .with("one", Programs::expireAndCollect)
                    .with("two", Programs::expireAndCollect)
                    .ending(Scenarios::noGarbage);
    static final Scenario GC_COPY =
            Scenario.of("gc-copy")
                    .after(3, 3)
                    .with("collector", Programs::expireAndCollect)
                    .with("copier", Programs::copy)
                    .ending(Scenarios::copied);
    static final Scenario EXPORT_COPY =
            Scenario.of("export-copy")
                    .after(1, 1)
                    .with("exporter", new Exporter(3))
                    .with("copier", Programs::copy)
                    .ending(Scenarios::copied);
    static final Scenario COPY_PROMOTE =
            Scenario.of("copy-promote")
                    .after(3, 2)
                    .with("copier", Programs::copyWhileItIsOne)
                    .with("operator", me -> Programs.promote(me, 4));
    static final Scenario PROMOTE =
            Scenario.of("promote")
                    .after(1, 1)
                    .with("exporter", new Exporter(3))
                    .with("copier", Programs::copyWhileItIsOne)
                    .with("operator", me -> Programs.promote(me, 4));
    static final Scenario ALL =
            Scenario.of("all")
                    .after(1, 1)
                    .with("one", new Exporter(3))
                    .with("two", new PartsExporter(4))
                    .with("amender", new Amender(1))
                    .with("reader", me -> Programs.restore(me, 3))
                    .with("collector", Programs::expireAndCollect)
                    .with("copier", Programs::copy)
                    .ending(Scenarios::copied);

    /// Of one actor each.
    static final List<Scenario> ALONE =
            List.of(COMMIT, PARTS, AMEND, EMPTY, EXPIRE, COLLECT, RESTORE, COPY);

    /// Of two actors each.
    static final List<Scenario> PAIRS =
            List.of(
                    TWO_WRITERS,
                    TWO_WRITERS_IN_PARTS,
                    TWO_AMENDERS,
                    GC_EXPORT,
                    GC_PARTS,
                    GC_AMEND,
                    GC_RESTORE,
                    TWO_COLLECTORS,
                    GC_COPY,
                    EXPORT_COPY,
                    COPY_PROMOTE);

    /// Of several actors each.
    static final List<Scenario> TOGETHER =
            Stream.concat(PAIRS.stream(), Stream.of(PROMOTE, ALL)).toList();

    private Scenarios() {}

    /// @param name as a failure tells it
    static Scenario named(String name) {
        return Stream.concat(ALONE.stream(), TOGETHER.stream())
                .filter(scenario -> scenario.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static void noGarbage(World world) {
        Audit audit = world.main().disk().audit();
        Rule.DONE.require(audit.garbage().isEmpty(), "garbage " + audit.garbage());
        Rule.DONE.require(audit.unfinishedSweeps().isEmpty(), "sweep " + audit.unfinishedSweeps());
    }

    static void copied(World world) {
        long records = world.main().disk().audit().records();
        long copied = world.copy().disk().audit().records();
        Rule.DONE.require(copied == records, "%d of %d records".formatted(copied, records));
    }
}
