package io.tsvault.core.vault.sim;

import io.tsvault.core.vault.Deposit;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.StreamState;
import io.tsvault.core.vault.StreamState.Settled;
import io.tsvault.core.vault.record.ChunkRef;
import io.tsvault.core.vault.record.Entry;
import io.tsvault.core.vault.record.Event;
import io.tsvault.core.vault.record.Event.Amend;
import io.tsvault.core.vault.record.Event.Commit;
import io.tsvault.core.vault.record.Event.Page;
import io.tsvault.core.vault.record.Event.Part;
import io.tsvault.core.vault.record.Event.State;
import io.tsvault.core.vault.record.Head;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/// Mistakes in what an export does.
final class WrongExports {
    private static final int SLICES = 3;

    private WrongExports() {}

    static Map<String, Scenario> all() {
        Map<String, Scenario> all = new LinkedHashMap<>();
        all.put("the record comes before its chunks", alone(new RecordFirst()));
        all.put("recorded is said before it is", alone(new SaysFirst()));
        all.put("dead keys are not looked for", beside(new IgnoresDead()));
        all.put("a key without an attempt", beside(new OneAttempt()));
        all.put("settled is not looked for", race(new IgnoresSettled()));
        all.put("a lost race is not decided again", race(new DecidesOnce()));
        all.put("a lost race appends further on", race(new LeavesHole()));
        all.put("a lost race keeps the old hash", race(new KeepsHash()));
        all.put("the watermark passes a hole", alone(new OverHole()));
        all.put(
                "due is only what is behind the newest",
                Scenario.of("behind-newest")
                        .with("one", new FromThird())
                        .with("two", new BehindNewest())
                        .ending(world -> settled(world, SLICES)));
        all.put("a commit leaves a part out", parts(0));
        all.put("a commit takes a part twice", parts(2));
        all.put(
                "a part comes after the commit",
                Scenarios.TWO_WRITERS.with("two", WrongExports::latePart));
        all.put(
                "an expired slice is amended",
                Scenarios.GC_AMEND.with("amender", WrongExports::amendsAnything));
        all.put(
                "an amend is of something older",
                Scenarios.TWO_AMENDERS.with("two", new StaleAmender()));
        all.put("no STATE where one belongs", long31(WrongExports::noState));
        all.put("a STATE comes before its page", long31(me -> state(me, 1, false)));
        all.put("a page lacks a record", long31(me -> state(me, 2, true)));
        all.put("a STATE lacks a page", long31(WrongExports::stateWithoutPages));
        return all;
    }

    private static Scenario alone(Program program) {
        return Scenarios.COMMIT.with("exporter", program);
    }

    private static Scenario race(Program program) {
        return Scenarios.TWO_WRITERS.with("two", program);
    }

    private static Scenario beside(Program program) {
        return Scenarios.GC_EXPORT.with("exporter", program);
    }

    private static Scenario long31(Program program) {
        return alone(program).after(31, 0);
    }

    private static void settled(World world, int slices) {
        Audit audit = world.main().disk().audit();
        long end = audit.ledger().watermarkMs(audit.records());
        Rule.DONE.require(end >= Slices.until(slices).endMs(), "not all slices are settled");
    }

    private static final class RecordFirst extends BareExporter {
        RecordFirst() {
            super(SLICES);
        }

        @Override
        void steps(Actor me, StreamLog log, Commit commit, Runnable upload) {
            record(me, log, commit);
            upload.run();
        }
    }

    private static final class SaysFirst extends BareExporter {
        SaysFirst() {
            super(SLICES);
        }

        @Override
        void steps(Actor me, StreamLog log, Commit commit, Runnable upload) {
            upload.run();
            me.audit().toldRecorded(commit.slice(), me.chunks(), 1);
            record(me, log, commit);
        }
    }

    private static final class IgnoresDead extends BareExporter {
        IgnoresDead() {
            super(SLICES);
        }

        @Override
        Optional<Commit> decide(Actor me, StreamState state, Commit commit) {
            return state.isUnsettled(commit.slice()) ? Optional.of(commit) : Optional.empty();
        }
    }

    private static final class OneAttempt extends BareExporter {
        OneAttempt() {
            super(SLICES);
        }

        @Override
        String attempt(Actor me) {
            return "0".repeat(32);
        }
    }

    private static final class IgnoresSettled extends BareExporter {
        IgnoresSettled() {
            super(SLICES);
        }

        @Override
        Optional<Commit> decide(Actor me, StreamState state, Commit commit) {
            return Optional.of(commit);
        }
    }

    private static final class DecidesOnce extends BareExporter {
        DecidesOnce() {
            super(SLICES);
        }

        @Override
        Optional<Entry> record(Actor me, StreamLog log, Commit commit) {
            Optional<Commit> decided = decide(me, log.state(), commit);
            return new Forger(me).insist(log, _ -> decided);
        }
    }

    private static final class LeavesHole extends BareExporter {
        LeavesHole() {
            super(SLICES);
        }

        @Override
        Optional<Entry> record(Actor me, StreamLog log, Commit commit) {
            Head head = log.head();
            Forger forger = new Forger(me);
            Optional<Entry> first = forger.append(head.seq() + 1, head, commit);
            Optional<Entry> entry =
                    first.isPresent() ? first : forger.append(head.seq() + 3, head, commit);
            log.refresh();
            return entry;
        }
    }

    private static final class KeepsHash extends BareExporter {
        KeepsHash() {
            super(SLICES);
        }

        @Override
        Optional<Entry> record(Actor me, StreamLog log, Commit commit) {
            Head head = log.head();
            Forger forger = new Forger(me);
            Optional<Entry> entry = Optional.empty();
            for (long seq = head.seq() + 1; entry.isEmpty(); seq++) {
                entry = forger.append(seq, head, commit);
            }
            log.refresh();
            return entry;
        }
    }

    private static class FromThird extends Exporter {
        FromThird() {
            super(SLICES);
        }

        @Override
        int first(StreamLog log) {
            return 2;
        }
    }

    private static final class OverHole extends FromThird {
        @Override
        long watermarkMs(StreamLog log) {
            return log.state().slices().stream()
                    .mapToLong(settled -> settled.slice().endMs())
                    .max()
                    .orElse(Slices.ORIGIN_MS);
        }
    }

    private static final class BehindNewest extends Exporter {
        BehindNewest() {
            super(SLICES);
        }

        @Override
        int first(StreamLog log) {
            int number = SLICES;
            while (number > 0 && log.state().isUnsettled(Slices.slice(number - 1))) {
                number--;
            }
            return number;
        }
    }

    /// @param last how often the last part is taken
    private static Scenario parts(int last) {
        Program program =
                new PartsExporter(1) {
                    @Override
                    List<Long> chosen(List<Long> parts) {
                        return last == 0
                                ? parts.subList(0, 1)
                                : List.of(parts.getFirst(), parts.getLast(), parts.getLast());
                    }
                };
        return Scenarios.PARTS.with("exporter", program);
    }

    private static ChunkRef upload(Actor me, int number, int revision) {
        byte[] id = new byte[16];
        me.surroundings().random().nextBytes(id);
        ChunkRef chunk =
                ChunkRef.of(
                        Slices.chunk(number, 0, revision), java.util.HexFormat.of().formatHex(id));
        new Forger(me)
                .store()
                .create(
                        Keys.chunk(Slices.slice(number), chunk),
                        Slices.chunk(number, 0, revision).bytes());
        return chunk;
    }

    private static void latePart(Actor me) {
        StreamLog log = me.log();
        if (log.state().isUnsettled(Slices.slice(0))) {
            List<ChunkRef> chunks = List.of(upload(me, 0, 1));
            Part part = new Part(Slices.slice(0), "a", chunks, Slices.CAPTURE);
            new Forger(me).insist(log, _ -> Optional.of(part));
        }
    }

    private static void amendsAnything(Actor me) {
        StreamLog log = me.log();
        Amend amend = new Amend(Slices.slice(1), List.of(upload(me, 1, 2)), Slices.CAPTURE);
        new Forger(me).insist(log, _ -> Optional.of(amend));
    }

    /// Compares with what it once saw.
    private static final class StaleAmender extends Amender {
        StaleAmender() {
            super(1);
        }

        @Override
        void keep(Actor me, StreamLog log, int revisions) {
            me.beginAttempt();
            ChunkRef chunk = upload(me, 1, revisions + 1);
            Amend amend = new Amend(Slices.slice(1), List.of(chunk), Slices.CAPTURE);
            new Forger(me)
                    .insist(log, state -> state.slice(Slices.slice(1)).map((Settled _) -> amend));
            told(me, 1, Deposit.Outcome.RECORDED, revisions + 1);
        }
    }

    private static void noState(Actor me) {
        Head head = me.log().head();
        Event event = new Event.Gap(Slices.slice(0), "lost");
        new Forger(me).append(head.seq() + 1, head, event);
    }

    private static void stateWithoutPages(Actor me) {
        Head head = me.log().head();
        new Forger(me).append(head.seq() + 1, head, new State(List.of()));
    }

    /// @param first record that is in the page
    private static void state(Actor me, int first, boolean pageFirst) {
        Head head = me.log().head();
        Forger forger = new Forger(me);
        byte[] bytes = packed(forger, first, head.seq());
        Page page = new Page(1, head.seq(), Head.hash(bytes), bytes.length);
        if (pageFirst) {
            forger.store().create(Keys.page(page), bytes);
        }
        forger.append(head.seq() + 1, head, new State(List.of(page)));
        forger.store().create(Keys.page(page), bytes);
    }

    private static byte[] packed(Forger forger, long first, long last) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            for (long seq = first; seq <= last; seq++) {
                zip.write(forger.record(seq));
                zip.write('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
