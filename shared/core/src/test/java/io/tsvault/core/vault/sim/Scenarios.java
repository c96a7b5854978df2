package io.tsvault.core.vault.sim;

import io.tsvault.core.vault.record.LogName;

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

    static final Scenario REPAIR =
            Scenario.of("repair").after(2, 2).with("repairer", Programs::repair);
    static final Scenario ASK_AGAIN =
            Scenario.of("ask-again").with("exporter", new PatientExporter(2));
    static final Scenario TWO_ASK_AGAIN =
            Scenario.of("two-ask-again")
                    .with("one", new PatientExporter(1))
                    .with("two", new PatientExporter(1));
    static final Scenario FOUND =
            Scenario.of("found").after(-1, 0).with("founder", Programs::found);

    static final Scenario TWO_FOUNDERS =
            Scenario.of("two-founders")
                    .after(-1, 0)
                    .with("one", Programs::found)
                    .with("two", Programs::found);
    static final Scenario GC_REPAIR =
            Scenario.of("gc-repair")
                    .after(2, 2)
                    .with("repairer", Programs::repair)
                    .with("collector", Programs::expireAndCollect)
                    .ending(Scenarios::noGarbage);
    static final Scenario EXPORT_REPAIR =
            Scenario.of("export-repair")
                    .after(1, 1)
                    .with("exporter", new Exporter(2))
                    .with("repairer", Programs::repair);
    static final Scenario TWO_REPAIRS =
            Scenario.of("two-repairs")
                    .after(34, 2)
                    .with("one", Programs::repair)
                    .with("two", Programs::repair);

    static final Scenario TWO_STREAMS =
            Scenario.of("two-streams")
                    .after(2, 2)
                    .with("collector", Programs::expireAndCollect)
                    .with("exporter", new Exporter(2).onSecond())
                    .ending(Scenarios::noGarbage);
    static final Scenario STREAMS_COPY =
            Scenario.of("streams-copy")
                    .with("one", new Exporter(2))
                    .with("two", new PartsExporter(1).onSecond())
                    .with("collector", ((Program) Programs::collect).onSecond())
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

    static final Scenario BACKUP =
            Scenario.of("backup").with("exporter", Backup.USUAL).ending(Kept::audit);
    static final Scenario BACKUP_IN_PARTS =
            BACKUP.named("backup-in-parts").with("exporter", Backup.USUAL.with("parts", "work"));
    static final Scenario TWO_BACKUPS = BACKUP.named("two-backups").with("another", Backup.USUAL);
    static final Scenario TWO_BACKUPS_IN_PARTS =
            BACKUP_IN_PARTS
                    .named("two-backups-in-parts")
                    .with("another", Backup.USUAL.with("parts", "work"));
    static final Scenario GC_BACKUP =
            BACKUP.named("gc-backup").with("collector", Programs::collect);

    /// Of production's exporter, and a source that is not well.
    static final List<Scenario> BACKUPS =
            List.of(BACKUP, BACKUP_IN_PARTS, TWO_BACKUPS, TWO_BACKUPS_IN_PARTS, GC_BACKUP);

    /// Of one actor each.
    static final List<Scenario> ALONE =
            List.of(
                    COMMIT, PARTS, AMEND, EMPTY, EXPIRE, COLLECT, RESTORE, COPY, REPAIR, FOUND,
                    ASK_AGAIN);

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
                    COPY_PROMOTE,
                    TWO_FOUNDERS,
                    GC_REPAIR,
                    EXPORT_REPAIR,
                    TWO_STREAMS);

    /// Of several actors each.
    static final List<Scenario> TOGETHER =
            Stream.concat(
                            PAIRS.stream(),
                            Stream.of(PROMOTE, TWO_ASK_AGAIN, TWO_REPAIRS, STREAMS_COPY, ALL))
                    .toList();

    private Scenarios() {}

    /// @param name as a failure tells it
    static Scenario named(String name) {
        return Stream.of(ALONE, TOGETHER, BACKUPS, Restores.ALL)
                .flatMap(List::stream)
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
        for (LogName log : List.of(Keys.LOG, Keys.SECOND)) {
            long records = world.main().disk().audit(log).records();
            long copied = world.copy().disk().audit(log).records();
            Rule.DONE.require(copied == records, "%d of %d records".formatted(copied, records));
        }
    }
}
