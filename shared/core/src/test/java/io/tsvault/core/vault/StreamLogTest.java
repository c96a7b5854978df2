package io.tsvault.core.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.store.MemoryStore;
import io.tsvault.core.store.StoredObject;
import io.tsvault.core.vault.record.Event;
import io.tsvault.core.vault.record.Event.Attempt;
import io.tsvault.core.vault.record.Event.Attempt.Outlook;
import io.tsvault.core.vault.record.Event.Commit;
import io.tsvault.core.vault.record.Event.Config;
import io.tsvault.core.vault.record.Event.Gap;
import io.tsvault.core.vault.record.Event.GapAck;
import io.tsvault.core.vault.record.Event.Pin;
import io.tsvault.core.vault.record.Event.State;
import io.tsvault.core.vault.record.Event.SweepDone;
import io.tsvault.core.vault.record.Head;
import io.tsvault.core.vault.record.UnsupportedVault;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

class StreamLogTest {
    private final MemoryStore store = new MemoryStore();
    private final Vault vault = Vault.init(store, Vaults.surroundings(1));

    private StreamLog again() {
        return Vault.open(store, Vaults.surroundings(ThreadLocalRandom.current().nextLong()))
                .stream("prod");
    }

    private static void gap(StreamLog log, long number) {
        log.append(_ -> Optional.of(new Gap(Vaults.slice(number), "test")));
    }

    @Test
    void aNewLogIsEmpty() {
        StreamLog log = vault.stream("prod");
        assertThat(log.head()).isEqualTo(Head.NONE);
        assertThat(log.state().slices()).isEmpty();
        assertThat(vault.streams()).isEmpty();
    }

    @Test
    void whatIsCommittedIsThereForTheNext() {
        StreamState.Settled settled = Vaults.commit(vault.stream("prod"), 0, 1.5);
        StreamLog log = again();
        assertThat(log.state().slice(Vaults.slice(0))).contains(settled);
        assertThat(log.head().seq()).isEqualTo(1);
        byte[] bytes = log.open(Vaults.slice(0), settled.chunks().getFirst()).read(0, 9);
        assertThat(bytes).startsWith(Vaults.chunk(Vaults.slice(0), 1.5).ranges().read(0, 9));
    }

    @Test
    void aRecordIsReadableForPeople() {
        gap(vault.stream("prod"), 0);
        assertThat(store.read("streams/prod/log/9999999998_0000000001.json", 1000))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .hasValueSatisfying(
                        text ->
                                assertThat(text)
                                        .contains("\"kind\":\"GAP\"")
                                        .contains("\"log\":\"streams/prod\"")
                                        .contains("\"reason\":\"test\""));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 30, 31, 32, 33, 63, 64, 65, 127, 128, 129, 511, 512, 600, 2100})
    void aLogOfAnyLengthIsReadAsItWasWritten(int records) {
        StreamLog log = vault.stream("prod");
        for (int i = 0; log.head().seq() < records; i++) {
            gap(log, i);
        }
        StreamLog read = again();
        assertThat(read.head()).isEqualTo(log.head());
        assertThat(read.state().slices()).containsExactlyElementsOf(log.state().slices());
        gap(read, 100_000);
        log.refresh();
        assertThat(log.head()).isEqualTo(read.head());
    }

    @Test
    void O04_twoWritersTakeTurns() {
        StreamLog one = vault.stream("prod");
        StreamLog two = again();
        for (int i = 0; i < 200; i++) {
            gap(i % 3 == 0 ? one : two, i);
        }
        one.refresh();
        two.refresh();
        assertThat(one.head()).isEqualTo(two.head());
        assertThat(one.state().slices()).hasSize(200);
        assertThat(again().state().watermarkMs(Vaults.slice(0).startMs()))
                .isEqualTo(Vaults.slice(200).startMs());
    }

    @Test
    void O04_whoComesSecondDecidesAgain() {
        StreamLog one = vault.stream("prod");
        StreamLog two = again();
        Vaults.commit(one, 0, 1);
        Deposit late = two.deposit(Vaults.slice(0));
        late.add(Vaults.chunk(Vaults.slice(0), 2));
        assertThat(late.commit(true, List.of(), Vaults.CAPTURE))
                .isEqualTo(Deposit.Outcome.SETTLED_BY_ANOTHER);
        assertThat(two.head()).isEqualTo(one.head());
    }

    @Test
    void aDecisionForNothingWritesNothing() {
        StreamLog log = vault.stream("prod");
        assertThat(log.append(_ -> Optional.empty())).isEmpty();
        assertThat(store.list("streams/", "", 9)).isEmpty();
    }

    static List<Event> poison() {
        Commit strange = new Commit(Vaults.slice(1), true, List.of(), List.of(7L), Vaults.CAPTURE);
        return List.of(
                strange,
                new Gap(Vaults.slice(0), "twice"),
                new GapAck(Vaults.slice(5), "of no gap"),
                new SweepDone(5),
                new SweepDone(-1),
                new Config(Map.of()),
                new State(List.of()),
                new Gap(Vaults.slice(1), "x".repeat(70_000)),
                new Gap(Vaults.slice(1), "half a pair: \ud800"));
    }

    @ParameterizedTest
    @MethodSource("poison")
    void whatCannotFollowIsRefusedBeforeItIsWritten(Event event) {
        StreamLog log = vault.stream("prod");
        gap(log, 0);
        assertThatThrownBy(() -> log.append(_ -> Optional.of(event)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nothing was written");
        assertThat(again().head()).isEqualTo(log.head());
        gap(log, 9);
        assertThat(again().state().slices()).hasSize(2);
    }

    @Test
    void noCommitTakesAPartTwice() {
        assertThatThrownBy(
                        () ->
                                new Commit(
                                        Vaults.slice(0),
                                        true,
                                        List.of(),
                                        List.of(1L, 1L),
                                        Vaults.CAPTURE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("each part once");
    }

    @Test
    void aPageIsMadeOfNothingButWhatWasRead() {
        StreamLog log = vault.stream("prod");
        for (int i = 0; log.head().seq() < 127; i++) {
            gap(log, i);
        }
        String page = store.list("streams/prod/pages/", "", 1).getFirst().key();
        store.delete(page);
        String key = "streams/prod/log/9999999996_0000000003.json";
        String right = new String(store.read(key, 1000).orElseThrow(), StandardCharsets.UTF_8);
        replace(key, right.replace("test", "tess"));
        assertThatThrownBy(() -> gap(log, 500))
                .isInstanceOf(DamagedVault.class)
                .hasMessageStartingWith(key);
        replace(key, right);
        gap(log, 500);
        assertThat(again().head()).isEqualTo(log.head());
    }

    @Test
    void aPageThatIsGoneIsReplacedByItsRecords() {
        StreamLog log = vault.stream("prod");
        for (int i = 0; i < 100; i++) {
            gap(log, i);
        }
        store.list("streams/prod/pages/", "", 99).forEach(page -> store.delete(page.key()));
        assertThat(again().head()).isEqualTo(log.head());
    }

    @Test
    void O15_aMissingRecordIsNamed() {
        StreamLog log = vault.stream("prod");
        for (int i = 0; i < 5; i++) {
            gap(log, i);
        }
        store.delete("streams/prod/log/9999999996_0000000003.json");
        assertThatThrownBy(this::again)
                .isInstanceOf(DamagedVault.class)
                .hasMessage(
                        "streams/prod/log/9999999996_0000000003.json: this record is missing,"
                                + " though later ones are there");
    }

    @Test
    void foreignFilesInALogAreNoRecords() {
        gap(vault.stream("prod"), 0);
        store.create("streams/prod/log/0000_readme.txt", new byte[1]);
        store.create("streams/prod/log/0000000001_0000000001.json", new byte[1]);
        assertThat(again().head().seq()).isEqualTo(1);
    }

    @Test
    void foreignFilesOfAnyNumberHideNoRecord() {
        Vaults.commit(vault.stream("prod"), 0, 1);
        for (int i = 0; i < 1001; i++) {
            store.create("streams/prod/log/2026-%04d.txt".formatted(i), new byte[1]);
        }
        assertThat(vault.stream("prod").head().seq()).isEqualTo(1);
    }

    @Test
    void aRecordOfAnotherVaultIsNotTaken() {
        MemoryStore other = new MemoryStore();
        gap(Vault.init(other, Vaults.surroundings(2)).stream("prod"), 0);
        String key = other.list("streams/", "", 1).getFirst().key();
        store.create(key, other.read(key, 10_000).orElseThrow());
        assertThatThrownBy(this::again)
                .isInstanceOf(DamagedVault.class)
                .hasMessageStartingWith(key + ": it is of another vault: ");
    }

    @Test
    void aRecordOfAnotherLogIsNotTaken() {
        gap(vault.stream("other"), 0);
        String key = store.list("streams/", "", 1).getFirst().key();
        store.create(key.replace("other", "prod"), store.read(key, 10_000).orElseThrow());
        assertThatThrownBy(this::again)
                .isInstanceOf(DamagedVault.class)
                .hasMessageEndingWith("it is record 1 of streams/other");
    }

    @Test
    void H16_aRecordOfALaterVersionIsRefused() {
        gap(vault.stream("prod"), 0);
        for (String change :
                List.of("\"format\":1|\"format\":2", "\"kind\":\"GAP\"|\"kind\":\"NEW\"")) {
            String key = "streams/prod/log/9999999998_0000000001.json";
            byte[] before = store.read(key, 1000).orElseThrow();
            String[] parts = change.split("\\|", -1);
            replace(key, new String(before, StandardCharsets.UTF_8).replace(parts[0], parts[1]));
            assertThatThrownBy(this::again)
                    .isInstanceOf(UnsupportedVault.TooNew.class)
                    .hasMessageContaining(key)
                    .hasMessageContaining("use a later version of tsvault");
            replace(key, new String(before, StandardCharsets.UTF_8));
        }
    }

    private void replace(String key, String text) {
        store.delete(key);
        store.create(key, text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anyChangeOfAnOldRecordIsFound() {
        StreamLog log = vault.stream("prod");
        Vaults.commit(log, 0, 1);
        gap(log, 1);
        String key = "streams/prod/log/9999999998_0000000001.json";
        byte[] right = store.read(key, 10_000).orElseThrow();
        for (int i = 0; i < right.length; i++) {
            for (int flip : new int[] {1, 0x20, 0x80}) {
                byte[] wrong = right.clone();
                wrong[i] ^= (byte) flip;
                store.delete(key);
                store.create(key, wrong);
                assertThatThrownBy(this::again)
                        .as("byte %d ^ %x", i, flip)
                        .isInstanceOfAny(DamagedVault.class, UnsupportedVault.class)
                        .hasMessageContaining("streams/prod/log/");
            }
        }
    }

    @Test
    void anyCutOfARecordIsFound() {
        gap(vault.stream("prod"), 0);
        String key = "streams/prod/log/9999999998_0000000001.json";
        byte[] right = store.read(key, 10_000).orElseThrow();
        for (int length = 0; length < right.length; length++) {
            store.delete(key);
            store.create(key, java.util.Arrays.copyOf(right, length));
            assertThatThrownBy(this::again)
                    .as("%d bytes", length)
                    .isInstanceOf(DamagedVault.class)
                    .hasMessageStartingWith(key);
        }
    }

    @Test
    void anyPageThatIsDamagedIsReplacedByItsRecords() {
        StreamLog log = vault.stream("prod");
        for (int i = 0; i < 40; i++) {
            gap(log, i);
        }
        String key = store.list("streams/prod/pages/", "", 1).getFirst().key();
        byte[] right = store.read(key, 100_000).orElseThrow();
        for (int i = 0; i < right.length; i += 7) {
            byte[] wrong = right.clone();
            wrong[i] ^= 4;
            store.delete(key);
            store.create(key, wrong);
            assertThat(again().head()).as("byte %d", i).isEqualTo(log.head());
        }
    }

    @Test
    void H25_aCopyIsNotWrittenTo() {
        gap(vault.stream("prod"), 0);
        byte[] mark = store.read("vault.json", 1 << 16).orElseThrow();
        store.create("replica.json", mark);
        StreamLog log = again();
        assertThat(log.head().seq()).isEqualTo(1);
        assertThatThrownBy(() -> gap(log, 1))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("is a copy of a vault");
        assertThatThrownBy(() -> log.deposit(Vaults.slice(1)).add(Vaults.chunk(Vaults.slice(1), 1)))
                .hasMessageContaining("vault promote");
        Vault copy = Vault.open(store, Vaults.surroundings(9));
        copy.promote(new VaultCheck(copy, 0).promotable());
        gap(log, 1);
        assertThat(log.head().seq()).isEqualTo(2);
    }

    @Test
    void streamsAreListed() {
        for (String name : List.of("b", "a", "a-b", "a0")) {
            gap(vault.stream(name), 0);
        }
        assertThat(vault.streams()).containsExactly("a-b", "a", "a0", "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "a/b", "..", "-a", "ä", "a b"})
    void H08_onlyNamesNameStreams(String name) {
        assertThatThrownBy(() -> vault.stream(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be a name");
    }

    @Test
    void recordsAndPagesAreTheOnlyObjectsOfALog() {
        StreamLog log = vault.stream("prod");
        for (int i = 0; i < 40; i++) {
            gap(log, i);
        }
        log.append(_ -> Optional.of(new Attempt(Vaults.slice(50), "no", Outlook.TIME)));
        log.append(_ -> Optional.of(new Pin("job", Vaults.slice(1), "")));
        assertThat(store.list("streams/", "", 100).stream().map(StoredObject::key))
                .hasSize(43 + 1)
                .allMatch(key -> key.matches("streams/prod/(log|pages)/[0-9a-f_-]+\\.(json|gz)"));
    }
}
