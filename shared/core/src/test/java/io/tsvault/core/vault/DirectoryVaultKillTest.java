package io.tsvault.core.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.store.ChildJvm;
import io.tsvault.core.store.DirectoryStore;
import io.tsvault.core.store.Keys;
import io.tsvault.core.store.Mount;
import io.tsvault.core.vault.record.ChunkRef;
import io.tsvault.core.vault.record.Event.Gap;
import io.tsvault.core.vault.record.Head;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// A vault in a folder, whose writers are killed without warning, or come all at once.
///
/// A kill leaves what the system was given; so this shows that no moment is a bad one to die in.
/// What a power cut leaves is a matter of the order of calls, which `DirectoryOrderTest` watches.
class DirectoryVaultKillTest {
    private static final long SEED = 20_260_101;
    private static final int MOST = 1_000_000;
    private static final int PROCESSES = 32;
    private static final int EACH = 5;

    /// Of 165 records, those with the numbers 32, 64, 96, 128 and 160.
    private static final int STATES = 5;

    @TempDir private Path folder;
    private final Random random = new Random(SEED);
    private final Set<String> seenGood = new HashSet<>();
    private int drafts;

    private static StreamLog log(Path folder) {
        return Vault.open(DirectoryStore.open(folder), Surroundings.real("test")).stream("prod");
    }

    @Tag("slow")
    @Test
    void O33_noMomentIsABadOneToBeKilledIn(TestReporter reporter) throws Exception {
        kill(folder, 10, reporter);
    }

    /// Here it costs nothing to force, so that a kill finds the other steps more often.
    @Tag("slow")
    @Test
    void O33_noMomentBetweenIsABadOneToBeKilledIn(TestReporter reporter) throws Exception {
        try (Mount memory = new Mount(folder, "size=256m")) {
            kill(memory.path(), 20, reporter);
        }
    }

    @Tag("campaign")
    @Test
    void O33_noMomentOfManyIsABadOneToBeKilledIn(TestReporter reporter) throws Exception {
        kill(folder, 90, reporter);
        try (Mount memory = new Mount(Files.createDirectory(folder.resolve("on")), "size=256m")) {
            kill(memory.path(), 180, reporter);
        }
    }

    private void kill(Path root, int kills, TestReporter reporter) throws Exception {
        Vault.init(DirectoryStore.make(root), Surroundings.real("test"));
        for (int kill = 1; kill <= kills; kill++) {
            requireGood(root, "kill %d of seed %d".formatted(kill, SEED), announced(root));
            write(log(root));
        }
        seenGood.clear();
        requireGood(root, "the end", List.of());
        StreamState state = log(root).state();
        int chunks = DirectoryStore.open(root).list("streams/prod/chunks/", "", MOST).size();
        int orphans = chunks - state.liveChunks().size();
        reporter.publishEntry(
                "kills",
                "%d kills, %d slices, %d chunks, %d of them without record, %d drafts"
                        .formatted(kills, state.slices().size(), chunks, orphans, drafts));
        assertThat(drafts + orphans).as("kills in the midst of a write").isPositive();
    }

    /// Lets a writer write, and kills it at some moment of the time that it needs for a slice.
    private List<String> announced(Path root) throws Exception {
        Process writer = ChildJvm.start(List.of(), DirectoryVaultKillTest.class, root.toString());
        BufferedReader said = writer.inputReader();
        assertThat(said.readLine()).isEqualTo("ready");
        List<String> announced = new ArrayList<>(List.of(said.readLine()));
        long start = System.nanoTime();
        announced.add(said.readLine());
        TimeUnit.NANOSECONDS.sleep(random.nextLong(System.nanoTime() - start));
        writer.toHandle().destroyForcibly(); // which leaves the pipe open
        said.lines().forEach(announced::add);
        assertThat(writer.waitFor()).isEqualTo(128 + 9);
        return announced;
    }

    private void requireGood(Path root, String when, List<String> announced) throws IOException {
        DirectoryStore store = DirectoryStore.open(root);
        StreamLog log = log(root);
        assertThat(store.list("", "", MOST)).as(when).allMatch(o -> Keys.isKey(o.key()));
        assertThat(log.state().slices())
                .as(when)
                .extracting(settled -> "" + settled.slice().startMs())
                .containsAll(announced);
        for (Map.Entry<String, ChunkRef> chunk : log.state().liveChunks().entrySet()) {
            if (seenGood.add(chunk.getKey())) {
                byte[] bytes = store.read(chunk.getKey(), MOST).orElseThrow();
                assertThat(Head.hash(bytes)).as(when).isEqualTo(chunk.getValue().sha256());
            }
        }
        try (Stream<Path> left = Files.list(root.resolve(".tmp"))) {
            drafts = (int) left.count();
        }
    }

    /// Commits the next slice, in one to three chunks.
    private static long write(StreamLog log) {
        long number = log.state().slices().size();
        Deposit deposit = log.deposit(Vaults.slice(number));
        for (long chunk = 0; chunk <= number % 3; chunk++) {
            deposit.add(Vaults.chunk(Vaults.slice(number), number + (chunk / 10.0)));
        }
        assertThat(deposit.commit(true, List.of(), Vaults.CAPTURE))
                .isEqualTo(Deposit.Outcome.RECORDED);
        return Vaults.slice(number).startMs();
    }

    @Tag("slow")
    @Test
    void O28_ofManyProcessesEachHasItsRecords(TestReporter reporter) throws Exception {
        Vault.init(DirectoryStore.make(folder), Surroundings.real("test"));
        List<Process> racers = new ArrayList<>();
        for (int racer = 0; racer < PROCESSES; racer++) {
            racers.add(
                    ChildJvm.start(
                            List.of(),
                            DirectoryVaultKillTest.class,
                            folder.toString(),
                            "" + (racer * EACH),
                            "" + ((racer + 1) * EACH)));
        }
        for (Process racer : racers) {
            assertThat(racer.inputReader().readLine()).isEqualTo("ready");
        }
        long start = System.nanoTime();
        for (Process racer : racers) {
            racer.outputWriter().write("go\n");
            racer.outputWriter().flush();
        }
        for (Process racer : racers) {
            assertThat(racer.waitFor()).isZero();
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        reporter.publishEntry("32 processes append 160 records", millis + " ms");
        StreamLog log = log(folder);
        assertThat(log.state().slices())
                .extracting(StreamState.Settled::slice)
                .containsExactlyElementsOf(
                        LongStream.range(0, PROCESSES * EACH).mapToObj(Vaults::slice).toList());
        assertThat(log.head().seq()).isEqualTo((PROCESSES * EACH) + STATES);
    }

    /// A writer: without further arguments until it is killed, else of the gaps from one number to
    /// another.
    public static void main(String[] args) throws IOException {
        StreamLog log = log(Path.of(args[0]));
        System.out.println("ready");
        if (args.length == 1) {
            while (true) {
                System.out.println(write(log));
            }
        }
        if (System.in.read() != 'g') {
            throw new IllegalStateException("the race was called off");
        }
        for (long number = Long.parseLong(args[1]); number < Long.parseLong(args[2]); number++) {
            Gap gap = new Gap(Vaults.slice(number), "race");
            log.append(_ -> Optional.of(gap));
        }
    }
}
