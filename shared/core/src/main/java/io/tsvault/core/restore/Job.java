package io.tsvault.core.restore;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.json.Json;
import io.tsvault.core.replay.Replay.Outcome;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.store.ObjectStore.Creation;
import io.tsvault.core.store.StoredObject;
import io.tsvault.core.vault.Vault;
import io.tsvault.core.vault.key.JobFile;
import io.tsvault.core.vault.key.JobFile.Document;
import io.tsvault.core.vault.key.JobFile.Kept;
import io.tsvault.core.vault.key.JobFile.Kind;
import io.tsvault.core.vault.key.ObjectKey.OfJob;
import io.tsvault.core.vault.record.Entry;
import io.tsvault.core.vault.record.Event;
import io.tsvault.core.vault.record.Event.Accepted;
import io.tsvault.core.vault.record.Event.Cancel;
import io.tsvault.core.vault.record.Event.Planned;
import io.tsvault.core.vault.record.Event.Report;
import io.tsvault.core.vault.record.Event.Resume;
import io.tsvault.core.vault.record.Head;
import io.tsvault.core.vault.record.LogName;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.LongFunction;

/// A restore that was asked for, as the vault has it. Everything about it is made once; what may
/// change is a record of its log.
///
/// ```text
/// restores/<job>/manifest.json                    what was asked for
///               /plan.json                        what it will do
///               /log/...                          what happened
///               /partitions/<n>/<left>_<k>.json   how far each partition has come
///               /conflicts-<n>.jsonl.gz           and `missing-`, `refused-`: see [Evidence]
///               /replaced-<n>.chunk               what the target had where it was overwritten
///               /report-<n>.json, .html           what came of it, for machines and for people
/// ```
public final class Job {
    /// How often it is asked whether somebody has cancelled it, or gone on with it.
    static final Duration ASKED_EVERY = Duration.ofSeconds(5);

    private static final int MOST_FILES = 100_000;

    private final Vault vault;
    private final String id;
    private final ObjectStore folder;
    private long turn;
    private Instant asked = Instant.MIN;
    private Optional<Stop> stop = Optional.empty();

    private Job(Vault vault, String id) {
        this.vault = vault;
        this.id = id;
        this.folder = vault.restore(id);
    }

    /// What a job is at.
    public enum State {
        ACCEPTED,
        RUNNING,
        CANCELLED,
        /// Everything is there, and proven.
        DONE,
        /// Not everything is there; what is not is named.
        PARTIAL,
        /// Written, but it could not be read back.
        UNVERIFIED,
        /// Refused before anything was written.
        REFUSED,
        /// It stopped on the way; it can be resumed.
        FAILED;

        /// Will it come to nothing more by itself?
        public boolean isEnd() {
            return this != ACCEPTED && this != RUNNING;
        }
    }

    /// Takes a request in; the same request again is the same job.
    static Job accept(Vault vault, String tenant, String id, byte[] manifest) {
        Job job = new Job(vault, id);
        job.folder.create(Document.MANIFEST.key(), manifest);
        job.append(
                history ->
                        history.isEmpty()
                                ? Optional.of(new Accepted(tenant, Head.hash(manifest)))
                                : Optional.empty());
        return job;
    }

    /// One that was accepted.
    public static Optional<Job> find(Vault vault, String id) {
        return vault.restores().contains(id) ? Optional.of(new Job(vault, id)) : Optional.empty();
    }

    /// All that were accepted.
    public static List<Job> all(Vault vault) {
        return vault.restores().stream().map(id -> new Job(vault, id)).toList();
    }

    /// How it is called: a hash of what was asked for.
    public String id() {
        return id;
    }

    Vault vault() {
        return vault;
    }

    /// What was asked for, in canonical form.
    ///
    /// @throws DamagedVault when it is not what its record names
    public byte[] manifest() {
        return required(Document.MANIFEST);
    }

    private byte[] required(JobFile file) {
        byte[] bytes =
                read(file)
                        .orElseThrow(
                                () ->
                                        new DamagedVault(
                                                place(file),
                                                "it is missing, though the job has it"));
        List<String> promised =
                vault.history(LogName.ofRestore(id)).stream()
                        .flatMap(entry -> file.promised(entry.event()).stream())
                        .toList();
        if (!promised.isEmpty() && !promised.contains(Head.hash(bytes))) {
            throw new DamagedVault(place(file), "its record names another SHA-256: it was changed");
        }
        return bytes;
    }

    private Optional<byte[]> read(JobFile file) {
        return folder.read(file.key(), file.mostBytes());
    }

    /// Where a file of this job is in the vault.
    private String place(JobFile file) {
        return new OfJob(LogName.ofRestore(id), file).text();
    }

    /// What it is at, as its records tell.
    public State state() {
        return state(vault.history(LogName.ofRestore(id)));
    }

    /// From now on this process is at work on it; another one that is will hear of it, and stop.
    void take(String note) {
        turn = append(_ -> Optional.of(new Resume(note))).orElseThrow().seq();
        stop = Optional.empty();
    }

    /// Asks every few seconds whether it is to go on.
    ///
    /// @throws Stop when somebody has asked it to stop, or another process has taken it
    synchronized void heed(Instant now) {
        stop.ifPresent(
                known -> { // there may be others at work who have not heard of it
                    throw known;
                });
        if (Duration.between(asked, now).compareTo(ASKED_EVERY) < 0) {
            return;
        }
        List<Entry> history = vault.history(LogName.ofRestore(id));
        asked = now;
        if (state(history) == State.CANCELLED) {
            stop =
                    Optional.of(
                            new Stop(
                                    State.CANCELLED,
                                    "it was cancelled; what is written stays; tsvault job resume"
                                            + " goes on"));
        } else if (history.stream().anyMatch(e -> e.seq() > turn && e.event() instanceof Resume)) {
            stop = Optional.of(new Stop(State.RUNNING, "another process goes on with it"));
        }
        stop.ifPresent(
                found -> {
                    throw found;
                });
    }

    /// Asks it to stop; what is written stays.
    ///
    /// @return false when it has come to an end already
    public boolean cancel(String note) {
        return append(
                        history ->
                                state(history).isEnd()
                                        ? Optional.empty()
                                        : Optional.of(new Cancel(note)))
                .isPresent();
    }

    private static State state(List<Entry> history) {
        State state = State.ACCEPTED;
        for (Entry entry : history) {
            state = after(state, entry.event());
        }
        return state;
    }

    private static State after(State before, Event event) {
        return switch (event) {
            case Planned _ -> before == State.ACCEPTED ? State.RUNNING : before;
            case Resume _ -> State.RUNNING;
            case Cancel _ -> State.CANCELLED;
            case Report report -> State.valueOf(report.state());
            default -> before;
        };
    }

    /// How far it has come, as its partitions have told.
    ///
    /// @param share of its time that is proven, 0 to 1; none if it is not planned, or endless
    /// @param doneMs up to where all is proven; none before it is planned
    public record Course(State state, OptionalDouble share, OptionalLong doneMs, Outcome outcome) {}

    /// How far it has come.
    public Course course() {
        State state = state();
        Optional<Plan> plan = plan();
        Outcome outcome = Outcome.NOTHING;
        double done = 0;
        double all = 0;
        OptionalLong doneMs = OptionalLong.empty();
        List<TimeRange> partitions = plan.map(Plan::partitions).orElse(List.of());
        for (int i = 0; i < partitions.size(); i++) {
            TimeRange partition = partitions.get(i);
            Optional<Progress> progress = progress(i);
            long reachedMs = progress.map(Progress::doneMs).orElse(partition.startMs());
            outcome = outcome.plus(progress.map(Progress::outcome).orElse(Outcome.NOTHING));
            done += (double) reachedMs - partition.startMs();
            all += (double) partition.endMs() - partition.startMs();
            boolean goesOn = doneMs.isEmpty() || doneMs.getAsLong() >= partition.startMs();
            doneMs = goesOn ? OptionalLong.of(reachedMs) : doneMs;
        }
        boolean ends = !partitions.isEmpty() && partitions.getLast().endMs() < Long.MAX_VALUE;
        return new Course(
                state,
                ends ? OptionalDouble.of(done / all) : OptionalDouble.empty(),
                doneMs,
                outcome);
    }

    /// Since when nothing was heard of it, though it has not come to an end: its process has most
    /// likely died, or was stopped. None while somebody seems to be at work.
    ///
    /// @param now about as the store has it
    public Optional<Instant> silentSince(Instant now) {
        if (state().isEnd()) {
            return Optional.empty();
        }
        Instant heard = heardOf();
        boolean isSilent = Duration.between(heard, now).compareTo(Telling.SILENCE) > 0;
        return isSilent ? Optional.of(heard) : Optional.empty();
    }

    private Instant heardOf() {
        Instant heard =
                Instant.ofEpochMilli(vault.history(LogName.ofRestore(id)).getLast().writtenMs());
        int partitions = plan().map(plan -> plan.partitions().size()).orElse(0);
        for (int i = 0; i < partitions; i++) {
            for (StoredObject told : folder.list(JobFile.Progress.folder(i), "", 1)) {
                heard = told.created().isAfter(heard) ? told.created() : heard;
            }
        }
        return heard;
    }

    /// What it will do, if that is settled.
    Optional<Plan> plan() {
        return read(Document.PLAN).map(Plan::read);
    }

    /// Settles what it will do, unless that is settled already.
    Plan plan(Plan plan) {
        folder.create(Document.PLAN.key(), plan.toBytes());
        byte[] settled = required(Document.PLAN);
        append(
                history ->
                        history.stream().anyMatch(entry -> entry.event() instanceof Planned)
                                ? Optional.empty()
                                : Optional.of(new Planned(Head.hash(settled))));
        return Plan.read(settled);
    }

    /// How far a partition has come.
    Optional<Progress> progress(int partition) {
        return newest(partition).flatMap(this::read).map(Progress::read);
    }

    /// Two that work on one partition may both tell; the later word is as good as the other.
    void progress(int partition, Progress progress) {
        long number = newest(partition).map(JobFile.Progress::number).orElse(0L) + 1;
        folder.create(new JobFile.Progress(partition, number).key(), progress.toBytes());
    }

    /// All is to be looked at again.
    void forgetProgress() {
        plan().ifPresent(
                        plan -> {
                            for (int i = 0; i < plan.partitions().size(); i++) {
                                long startMs = plan.partitions().get(i).startMs();
                                progress(
                                        i,
                                        new Progress(startMs, Outcome.NOTHING, Optional.empty()));
                            }
                        });
    }

    private Optional<JobFile.Progress> newest(int partition) {
        return folder.list(JobFile.Progress.folder(partition), "", 1).stream()
                .flatMap(object -> JobFile.parse(object.key()).stream())
                .map(JobFile.Progress.class::cast)
                .findFirst();
    }

    /// Keeps what came of it, also as a page for people.
    ///
    /// @return where
    String report(State state, Json json) {
        byte[] report = json.toBytes();
        long number = free(JobFile.Report::new, newestReport() + 1, report);
        folder.create(new JobFile.Page(number).key(), ReportPage.of(json));
        append(_ -> Optional.of(new Report(number, state.toString(), Head.hash(report))));
        return place(new JobFile.Report(number));
    }

    /// Keeps a file under the next free number.
    ///
    /// @return where
    String keep(Kind kind, byte[] bytes) {
        return place(new Kept(kind, free(n -> new Kept(kind, n), kept(kind).size() + 1L, bytes)));
    }

    /// Another run of this job may have taken a number at this moment.
    ///
    /// @return the first number from this one on under which there was nothing
    private long free(LongFunction<JobFile> file, long from, byte[] bytes) {
        long number = from;
        while (folder.create(file.apply(number).key(), bytes) == Creation.ALREADY_THERE) {
            number++;
        }
        return number;
    }

    /// Where the files of a kind are that were kept, in the order of their numbers.
    List<String> kept(Kind kind) {
        return files(kind).stream()
                .flatMap(file -> JobFile.parse(file.key()).stream())
                .map(this::place)
                .toList();
    }

    /// The files themselves, in the same order.
    List<StoredFile> files(Kind kind) {
        return folder.list(kind.prefix(), "", MOST_FILES).stream()
                .map(object -> new StoredFile(folder, object.key(), object.bytes()))
                .sorted(
                        Comparator.comparingInt((StoredFile file) -> file.key().length())
                                .thenComparing(StoredFile::key))
                .toList();
    }

    /// What was restored was taken back.
    void undone() {
        append(_ -> Optional.of(new Cancel("undone")));
    }

    /// Its number; 0 when there is none.
    private long newestReport() {
        return vault.history(LogName.ofRestore(id)).stream()
                .mapToLong(entry -> entry.event() instanceof Report report ? report.number() : 0)
                .max()
                .orElse(0);
    }

    /// The newest report.
    ///
    /// @throws DamagedVault when it is not what its record names
    public Optional<byte[]> report() {
        long number = newestReport();
        return number == 0 ? Optional.empty() : Optional.of(required(new JobFile.Report(number)));
    }

    private interface Decision {
        Optional<? extends Event> on(List<Entry> history);
    }

    private Optional<Entry> append(Decision decision) {
        return vault.append(LogName.ofRestore(id), decision::on);
    }
}
