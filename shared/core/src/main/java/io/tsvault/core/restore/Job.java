package io.tsvault.core.restore;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.json.Json;
import io.tsvault.core.replay.Replay.Outcome;
import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.store.ObjectStore.Creation;
import io.tsvault.core.store.StoredObject;
import io.tsvault.core.vault.Vault;
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

    private static final String MANIFEST = "manifest.json";
    private static final String PLAN = "plan.json";
    private static final int MOST_MANIFEST = 256 << 10;
    private static final int MOST_PLAN = 16 << 20;
    private static final int MOST_PROGRESS = 64 << 10;
    private static final int MOST_REPORT = 64 << 20;
    private static final int MOST_FILES = 100_000;

    /// Progress is listed newest first.
    private static final long MOST_NUMBER = 9_999_999_999L;

    private final Vault vault;
    private final String id;
    private final ObjectStore folder;
    private long turn;
    private Instant asked = Instant.MIN;

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
        job.folder.create(MANIFEST, manifest);
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
    public byte[] manifest() {
        return required(MANIFEST, MOST_MANIFEST);
    }

    private byte[] required(String key, int most) {
        return folder.read(key, most)
                .orElseThrow(
                        () ->
                                new DamagedVault(
                                        LogName.ofRestore(id).path() + "/" + key,
                                        "it is missing, though the job was accepted"));
    }

    /// What it is at, as its records tell.
    public State state() {
        return state(vault.history(LogName.ofRestore(id)));
    }

    /// From now on this process is at work on it; another one that is will hear of it, and stop.
    void take(String note) {
        turn = append(_ -> Optional.of(new Resume(note))).orElseThrow().seq();
    }

    /// Asks every few seconds whether it is to go on.
    ///
    /// @throws Stop when somebody has asked it to stop, or another process has taken it
    synchronized void heed(Instant now) {
        if (Duration.between(asked, now).compareTo(ASKED_EVERY) < 0) {
            return;
        }
        List<Entry> history = vault.history(LogName.ofRestore(id));
        asked = now;
        if (state(history) == State.CANCELLED) {
            throw new Stop(
                    State.CANCELLED,
                    "it was cancelled; what is written stays; tsvault job resume goes on");
        }
        if (history.stream().anyMatch(e -> e.seq() > turn && e.event() instanceof Resume)) {
            throw new Stop(State.RUNNING, "another process goes on with it");
        }
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

    /// What it will do, if that is settled.
    Optional<Plan> plan() {
        return folder.read(PLAN, MOST_PLAN).map(Plan::read);
    }

    /// Settles what it will do, unless that is settled already.
    Plan plan(Plan plan) {
        folder.create(PLAN, plan.toBytes());
        byte[] settled = required(PLAN, MOST_PLAN);
        append(
                history ->
                        history.stream().anyMatch(entry -> entry.event() instanceof Planned)
                                ? Optional.empty()
                                : Optional.of(new Planned(Head.hash(settled))));
        return Plan.read(settled);
    }

    /// How far a partition has come.
    Optional<Progress> progress(int partition) {
        return newest(partition)
                .map(object -> required(object.key(), MOST_PROGRESS))
                .map(Progress::read);
    }

    /// Two that work on one partition may both tell; the later word is as good as the other.
    void progress(int partition, Progress progress) {
        long number = newest(partition).map(Job::number).orElse(0L) + 1;
        String name = "%010d_%010d.json".formatted(MOST_NUMBER - number, number);
        folder.create(folder(partition) + name, progress.toBytes());
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

    private Optional<StoredObject> newest(int partition) {
        return folder.list(folder(partition), "", 1).stream().findFirst();
    }

    private static String folder(int partition) {
        return "partitions/%04d/".formatted(partition);
    }

    private static long number(StoredObject object) {
        String name = object.key();
        int end = name.length() - ".json".length();
        return Long.parseLong(name.substring(end - 10, end));
    }

    /// Keeps what came of it, also as a page for people.
    ///
    /// @return where
    String report(State state, Json json) {
        byte[] report = json.toBytes();
        long number = reports() + 1;
        String key = report(number);
        folder.create(page(number), ReportPage.of(json));
        folder.create(key, report);
        append(_ -> Optional.of(new Report(number, state.toString(), Head.hash(report))));
        return LogName.ofRestore(id).path() + "/" + key;
    }

    /// Keeps a file under the next free number.
    ///
    /// @return where
    String keep(String name, String ending, byte[] bytes) {
        for (int number = kept(name).size() + 1; ; number++) {
            String key = "%s-%d%s".formatted(name, number, ending);
            if (folder.create(key, bytes) == Creation.CREATED) {
                return LogName.ofRestore(id).path() + "/" + key;
            }
        }
    }

    /// Where the files of a name are that were kept, in the order of their numbers.
    List<String> kept(String name) {
        return files(name).stream()
                .map(file -> LogName.ofRestore(id).path() + "/" + file.key())
                .toList();
    }

    /// The files themselves, in the same order.
    List<StoredFile> files(String name) {
        return folder.list(name + "-", "", MOST_FILES).stream()
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

    private long reports() {
        return vault.history(LogName.ofRestore(id)).stream()
                .filter(entry -> entry.event() instanceof Report)
                .count();
    }

    private static String page(long number) {
        return "report-%d.html".formatted(number);
    }

    private static String report(long number) {
        return "report-%d.json".formatted(number);
    }

    /// The newest report.
    public Optional<byte[]> report() {
        long number = reports();
        return number == 0 ? Optional.empty() : folder.read(report(number), MOST_REPORT);
    }

    private interface Decision {
        Optional<? extends Event> on(List<Entry> history);
    }

    private Optional<Entry> append(Decision decision) {
        return vault.append(LogName.ofRestore(id), decision::on);
    }
}
