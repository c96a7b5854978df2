package io.tsvault.core.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.store.MemoryStore;
import io.tsvault.core.store.StoredObject;
import io.tsvault.core.vault.VaultCheck.Problem;
import io.tsvault.core.vault.VaultRepair.Further;
import io.tsvault.core.vault.VaultRepair.Mend;
import io.tsvault.core.vault.key.ObjectKey;
import io.tsvault.core.vault.record.Entry;
import io.tsvault.core.vault.record.Event.Attempt;
import io.tsvault.core.vault.record.Event.Attempt.Outlook;
import io.tsvault.core.vault.record.Event.Expire;
import io.tsvault.core.vault.record.Event.SweepDone;
import io.tsvault.core.vault.record.Event.SweepPlan;
import io.tsvault.core.vault.record.LogName;
import io.tsvault.core.vault.record.UnsupportedVault;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The copy is older than the vault, or newer; what belongs here is what the vault says.
class VaultRepairTest {
    private static final int SLICES = 40;
    private static final LogName LOG = LogName.ofStream("prod");

    private final MemoryStore store = new MemoryStore();
    private final MemoryStore second = new MemoryStore();

    @BeforeEach
    void fill() {
        StreamLog log = Vault.init(store, Vaults.surroundings(1)).stream("prod");
        for (int i = 0; i < SLICES; i++) {
            Vaults.commit(log, i, i);
        }
        VaultCopy.copy(open(store), second);
    }

    private static Vault open(MemoryStore there) {
        return Vault.open(there, Vaults.surroundings(5));
    }

    private VaultRepair repair() {
        return new VaultRepair(open(store), open(second));
    }

    private List<String> planned() {
        return repair().plan().stream().map(Mend::key).toList();
    }

    private String chunk(int slice) {
        return keys().stream()
                .filter(key -> key.startsWith(ObjectKey.chunks(LOG)))
                .skip(slice)
                .findFirst()
                .orElseThrow();
    }

    private List<String> keys() {
        return store.list("", "", 10_000).stream().map(StoredObject::key).toList();
    }

    @Test
    void whatMayNotBeReadKeepsNothingElseFromBeingCopied() {
        MemoryStore third = new MemoryStore();
        Vault locked = Vault.open(new Locked(store, chunk(3)), Vaults.surroundings(5));

        VaultCopy.Copied copied = VaultCopy.copy(locked, third);

        assertThat(copied.lost()).extracting(Problem::key).containsExactly(chunk(3));
        assertThat(copied.lost().getFirst().what()).contains("cannot be read", "archived");
        assertThat(third.list("", "", 10_000)).hasSize(second.list("", "", 10_000).size() - 1);
        assertThat(VaultCopy.copy(open(store), third).lost()).isEmpty();
        assertThat(third.list("", "", 10_000)).hasSameSizeAs(second.list("", "", 10_000));
    }

    @Test
    void aLogThatMayNotBeReadKeepsNoOtherFromBeingCopied() {
        Vaults.commit(open(store).stream("other"), 1, 1);
        String record = ObjectKey.record(LOG, 3);
        Vault locked = Vault.open(new Locked(store, record), Vaults.surroundings(5));
        MemoryStore third = new MemoryStore();

        VaultCopy.Copied copied = VaultCopy.copy(locked, third);

        assertThat(copied.unread()).hasSize(1);
        assertThat(open(third).stream("other").head().seq()).isEqualTo(1);
    }

    @Test
    void whatMayNotBeReadKeepsNothingElseFromBeingMended() {
        store.delete(chunk(3));
        String there = chunk(5);
        Vault locked = Vault.open(new Locked(store, there), Vaults.surroundings(5));
        VaultRepair repair = new VaultRepair(locked, open(second));

        assertThat(repair.plan()).hasSize(1);
        assertThat(repair.left()).extracting(Problem::key).containsExactly(there);
        assertThat(repair.mend(repair.plan())).isEmpty();
        assertThat(planned()).isEmpty();
    }

    @Test
    void whatMayNotBeReadInTheOtherIsNotToBeHadThere() {
        String gone = chunk(3);
        store.delete(gone);
        store.delete(chunk(5));
        Vault locked = Vault.open(new Locked(second, gone), Vaults.surroundings(5));
        VaultRepair repair = new VaultRepair(open(store), locked);

        List<Mend> mends = repair.plan();

        assertThat(mends).hasSize(2);
        assertThat(mends.getFirst().source()).isEmpty();
        assertThat(repair.mend(mends)).extracting(Problem::key).containsExactly(gone);
    }

    /// Lets go of the first slice, as the collector does.
    ///
    /// @return the key of its chunk
    private String letGo() {
        StreamLog log = open(store).stream("prod");
        List<String> keys = List.of(chunk(0));
        log.append(_ -> Optional.of(new Expire(List.of(Vaults.slice(0)), "test")));
        long plan = log.append(_ -> Optional.of(new SweepPlan(keys))).orElseThrow().seq();
        log.objects().delete(keys);
        log.append(_ -> Optional.of(new SweepDone(plan)));
        return keys.getFirst();
    }

    @Test
    void whatThisVaultHasLetGoOfIsNotMissing() {
        letGo();
        assertThat(planned()).isEmpty();
    }

    @Test
    void whatIsLetGoOfBeforeItIsMendedStaysGone() {
        store.delete(chunk(1));
        VaultRepair repair = repair();
        String lost = chunk(0);
        store.delete(lost);
        List<Mend> plan = repair.plan();
        assertThat(plan).extracting(Mend::key).contains(lost).hasSize(2);
        StreamLog log = open(store).stream("prod");
        log.append(_ -> Optional.of(new Expire(List.of(Vaults.slice(0)), "test")));
        repair.mend(plan);
        assertThat(keys()).doesNotContain(lost).containsAll(List.of(plan.getLast().key()));
        assertThat(planned()).isEmpty();
    }

    @Test
    void whatItLetGoOfIsKnownThoughRecordsAreLost() {
        letGo();
        String record = ObjectKey.record(LOG, 7);
        store.delete(record);
        String page =
                keys().stream()
                        .filter(key -> key.startsWith(ObjectKey.pages(LOG)))
                        .findFirst()
                        .orElseThrow();
        store.delete(page);
        assertThat(planned()).containsExactly(record, page);
    }

    @Test
    void whatOnlyTheOtherRecordedIsNotMissing() {
        open(second).promote();
        Vaults.commit(open(second).stream("prod"), 100, 1);
        VaultRepair repair = repair();
        assertThat(repair.plan()).isEmpty();
        assertThat(repair.further()).containsExactly(new Further(LOG, SLICES + 1, SLICES + 2));
        VaultRepair taking = repair.takingNewer();
        assertThat(taking.mend(taking.plan())).isEmpty();
        assertThat(taking.further()).isEmpty();
        assertThat(planned()).isEmpty();
        requireHead(SLICES + 2);
    }

    @Test
    void O15_aStreamThatIsGoneComesBackFromWhatIsNoCopyToo() {
        keys().stream().filter(key -> key.startsWith(LOG.path())).forEach(store::delete);
        open(second).promote();
        VaultRepair repair = repair();
        assertThat(repair.plan()).isEmpty();
        assertThat(repair.further()).containsExactly(new Further(LOG, 0, SLICES + 1));
        VaultRepair taking = repair.takingNewer();
        assertThat(taking.mend(taking.plan())).isEmpty();
        assertThat(keys())
                .containsAll(
                        second.list(LOG.path(), "", 1000).stream().map(StoredObject::key).toList());
        assertThat(new VaultCheck(open(store), 1).check("prod").problems()).isEmpty();
    }

    /// Loses records from one on, with all that they named, and fails so often after that.
    private void failAfter(int first, int failures) {
        cut(first);
        keys().stream()
                .filter(key -> ObjectKey.isChunkOrPage(LOG, key))
                .skip(first - 1L)
                .forEach(store::delete);
        StreamLog log = open(store).stream("prod");
        for (int i = 0; i < failures; i++) {
            log.append(_ -> Optional.of(new Attempt(Vaults.slice(100), "down", Outlook.TIME)));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 3", "1, 70", "20, 2", "41, 5", "20, 13"})
    void O15_triesThatFailedAfterTheEndWasLostMakeWay(int first, int failures) {
        List<String> whole = keys();
        failAfter(first, failures);
        VaultRepair repair = repair();
        List<Mend> plan = repair.plan();
        assertThat(repair.aside()).hasSizeGreaterThanOrEqualTo(failures);
        assertThat(repair.left()).isEmpty();
        assertThat(repair.mend(plan)).isEmpty();
        assertThat(keys()).isEqualTo(whole);
        requireHead(SLICES + 1);
        assertThat(repair().plan()).isEmpty();
        assertThat(new VaultCheck(open(store), 1).check("prod").problems()).isEmpty();
    }

    @Test
    void triesThatFailedStayWhileNothingComesInTheirPlace() {
        failAfter(20, 2);
        open(second).promote();
        List<String> before = keys();
        VaultRepair repair = repair();
        assertThat(repair.mend(repair.plan())).isEmpty();
        assertThat(repair.aside()).isEmpty();
        assertThat(repair.further()).containsExactly(new Further(LOG, 19, SLICES + 1));
        assertThat(keys()).isEqualTo(before);
    }

    @Test
    void whatWasKeptAfterTheEndWasLostBlocksStill() {
        failAfter(1, 1);
        Vaults.commit(open(store).stream("prod"), 0, 7);
        assertThatThrownBy(this::planned).hasMessageContaining("both were written to");
    }

    @Test
    void whoFailsWhileItIsMendedIsNotOvertaken() {
        failAfter(1, 1);
        VaultRepair repair = repair();
        List<Mend> plan = repair.plan();
        StreamLog log = open(store).stream("prod");
        log.append(_ -> Optional.of(new Attempt(Vaults.slice(100), "down", Outlook.TIME)));
        List<String> before = keys();
        assertThatThrownBy(() -> repair.mend(plan)).hasMessageContaining("plan again");
        assertThat(keys()).isEqualTo(before);
    }

    @Test
    void H18_slicesWhoseRecordsAreNotBackAreCounted() {
        cut(20);
        VaultRepair repair = alone();
        List<Mend> plan = repair.plan();
        assertThat(repair.captured()).containsExactly(Map.entry(LOG, 9));
        assertThat(repair.mend(plan)).isEmpty();
        assertThat(repair.captured()).containsExactly(Map.entry(LOG, 9));
        VaultRepair all = repair();
        all.mend(all.plan());
        assertThat(all.captured()).isEmpty();
    }

    @Test
    void damageThatTheOtherCannotMendHidesNoOther() {
        Vaults.commit(open(store).stream("prod"), 100, 1);
        Vaults.commit(open(store).stream("prod"), 101, 1);
        store.delete(ObjectKey.record(LOG, SLICES + 2));
        String lost = chunk(3);
        store.delete(lost);
        VaultRepair repair = repair();
        assertThat(repair.plan()).extracting(Mend::key).containsExactly(lost);
        repair.mend(repair.plan());
        assertThat(keys()).contains(lost);
    }

    @Test
    void aLogThatIsDamagedInTheOtherHidesNoOther() {
        Vaults.commit(open(store).stream("a"), 0, 1);
        VaultCopy.copy(open(store), second);
        String record = ObjectKey.record(LogName.ofStream("a"), 1);
        second.delete(record);
        second.create(record, new byte[] {'{'});
        String lost = chunk(3);
        store.delete(lost);
        VaultRepair repair = repair();
        List<Mend> plan = repair.plan();
        assertThat(repair.unread()).extracting(Problem::key).containsExactly(record);
        assertThat(plan).extracting(Mend::key).containsExactly(lost);
        assertThat(repair.mend(plan)).isEmpty();
        assertThat(keys()).contains(lost);
    }

    @Test
    void whatIsLostInBothIsNamedAndTheRestMended() {
        String both = chunk(3);
        String here = chunk(4);
        store.delete(both);
        store.delete(here);
        second.delete(both);
        VaultRepair repair = repair();
        assertThat(repair.mend(repair.plan()))
                .containsExactly(new Problem(both, "lost in memory: too"));
        assertThat(keys()).contains(here).doesNotContain(both);
    }

    @Test
    void aNewestRecordThatWasEditedIsDamageAndNoFork() {
        String newest = ObjectKey.record(LOG, SLICES + 1);
        byte[] right = store.read(newest, 1 << 20).orElseThrow();
        replace(newest, new String(right, UTF_8).replace("3.5.0", "3.6.0").getBytes(UTF_8));
        assertThat(planned()).containsExactly(newest);
        VaultRepair repair = repair();
        assertThat(repair.mend(repair.plan())).isEmpty();
        assertThat(store.read(newest, 1 << 20)).contains(right);
    }

    /// Changes the newest record here, in its canonical form.
    private void edit(String old, String replacement) {
        String key = ObjectKey.record(LOG, open(store).stream("prod").head().seq());
        String text = new String(store.read(key, 1 << 20).orElseThrow(), UTF_8);
        assertThat(text).contains(old);
        replace(key, text.replace(old, replacement).getBytes(UTF_8));
    }

    private String attempt() {
        long head = open(store).stream("prod").head().seq();
        byte[] bytes = store.read(ObjectKey.record(LOG, head), 1 << 20).orElseThrow();
        return Entry.read(bytes, "newest").attempt();
    }

    @Test
    void O35_aNewestRecordWhoseAttemptWasEditedIsNotTakenForAHistoryOfItsOwn() {
        edit(attempt(), "0".repeat(32));
        assertThatThrownBy(this::planned)
                .isInstanceOfSatisfying(Permanent.class, e -> assertThat(e.isRefusal()).isTrue())
                .hasMessageContaining("the two say the same but for the attempt")
                .hasMessageContaining("tsvault inspect streams/prod/log/")
                .message()
                .doesNotContain("both were written to");
        second.delete("replica.json");
        Vaults.commit(open(second).stream("prod"), SLICES, SLICES);
        VaultRepair repair = repair();
        assertThat(repair.mend(repair.plan())).isEmpty();
        assertThat(planned()).isEmpty();
    }

    @Test
    void O35_aNewestRecordThatNamesWhatIsNotHereIsDamageWhereTheOtherNamesWhatIs() {
        byte[] right =
                second.read(ObjectKey.record(LOG, open(store).stream("prod").head().seq()), 1 << 20)
                        .orElseThrow();
        String sha256 = ObjectKey.promised(chunk(SLICES - 1)).orElseThrow();
        edit(attempt(), "0".repeat(32));
        edit(sha256, "0".repeat(64));
        VaultRepair repair = repair();
        assertThat(repair.mend(repair.plan())).isEmpty();
        assertThat(
                        store.read(
                                ObjectKey.record(LOG, open(store).stream("prod").head().seq()),
                                1 << 20))
                .hasValue(right);
    }

    @Test
    void H16_aRecordOfALaterVersionIsNotReplaced() {
        String newest = ObjectKey.record(LOG, SLICES + 1);
        replace(newest, "{\"format\":2}".getBytes(UTF_8));
        assertThatThrownBy(this::planned)
                .isInstanceOf(UnsupportedVault.TooNew.class)
                .hasMessageContaining(newest);
    }

    @Test
    void whatNoCopyHasAndNobodyCanReadIsToldInTheEnd() {
        String forged = ObjectKey.record(LOG, SLICES + 2);
        store.create(forged, "hello".getBytes(UTF_8));
        VaultRepair repair = repair();
        List<Mend> plan = repair.plan();
        assertThat(plan).isEmpty();
        assertThat(repair.mend(plan))
                .singleElement()
                .asString()
                .contains(forged, "memory: has nothing in its place", "move it away");
    }

    @Test
    void whatAnotherHasMendedMeanwhileIsLeft() {
        String lost = chunk(0);
        byte[] right = store.read(lost, 1 << 20).orElseThrow();
        replace(lost, new byte[1]);
        VaultRepair repair = repair();
        List<Mend> plan = repair.plan();
        replace(lost, right);
        CutOff frozen = new CutOff(store, 1);
        VaultRepair late =
                new VaultRepair(Vault.open(frozen, Vaults.surroundings(5)), open(second));
        assertThat(late.plan()).isEmpty();
        late.mend(plan);
        assertThat(store.read(lost, 1 << 20)).contains(right);
    }

    private void cut(int first) {
        for (int seq = first; seq <= SLICES + 1; seq++) {
            store.delete(ObjectKey.record(LOG, seq));
        }
    }

    private VaultRepair alone() {
        Vault vault = open(store);
        return new VaultRepair(vault, vault);
    }

    private String page() {
        return keys().stream()
                .filter(key -> key.startsWith(ObjectKey.pages(LOG)))
                .findFirst()
                .orElseThrow();
    }

    private void requireHead(int seq) {
        assertThat(open(store).head(LOG).seq()).isEqualTo(seq);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 31})
    void O15_whatAPageHoldsComesBackWithoutAnyCopy(int first) {
        cut(first);
        VaultRepair repair = alone();
        List<Mend> plan = repair.plan();
        assertThat(plan)
                .hasSize(32 - first)
                .allMatch(mend -> mend.source().equals(Optional.of(page())));
        assertThat(repair.unread()).isEmpty();
        assertThat(repair.left()).isEmpty();
        assertThat(repair.mend(plan)).isEmpty();
        requireHead(31);
        assertThat(alone().plan()).isEmpty();
    }

    @Test
    void O15_aRecordWithinTheLogComesBackOfItsPage() {
        store.delete(ObjectKey.record(LOG, 7));
        VaultRepair repair = alone();
        assertThat(repair.mend(repair.plan())).isEmpty();
        assertThat(new VaultCheck(open(store), 1).check("prod").problems()).isEmpty();
    }

    @Test
    void O15_aCopyBringsTheEndBackOfWhichAPageKnowsNothing() {
        cut(20);
        VaultRepair repair = repair();
        assertThat(repair.mend(repair.plan())).isEmpty();
        requireHead(SLICES + 1);
    }

    @Test
    void O15_aPageKnowsMoreThanACopyThatIsOld() {
        for (int seq = 20; seq <= SLICES + 1; seq++) {
            second.delete(ObjectKey.record(LOG, seq));
        }
        cut(10);
        VaultRepair repair = repair();
        assertThat(repair.mend(repair.plan())).isEmpty();
        requireHead(31);
    }

    @Test
    void O15_aLogThatIsGoneComesBackFromACopyThatWasPromoted() {
        open(second).promote();
        cut(1);
        VaultRepair repair = repair();
        assertThat(repair.mend(repair.plan())).isEmpty();
        requireHead(SLICES + 1);
    }

    @Test
    void O15_aChunkThatSomebodyRenamedComesBackOfItself() {
        String chunk = chunk(3);
        byte[] right = store.read(chunk, 1 << 20).orElseThrow();
        String renamed = chunk.replaceFirst("/[0-9a-f]{32}-", "/" + "a".repeat(32) + "-");
        store.delete(chunk);
        store.create(renamed, right);
        VaultRepair repair = alone();
        List<Mend> plan = repair.plan();
        assertThat(plan).extracting(Mend::source).containsExactly(Optional.of("memory:" + renamed));
        assertThat(repair.mend(plan)).isEmpty();
        assertThat(store.read(chunk, 1 << 20)).contains(right);
    }

    @Test
    void whatIsNowhereIsCalledLostBeforeAnythingIsDone() {
        String lost = chunk(3);
        store.delete(lost);
        store.delete(page());
        VaultRepair repair = alone();
        List<Mend> plan = repair.plan();
        assertThat(plan)
                .filteredOn(mend -> mend.source().isEmpty())
                .extracting(Mend::key)
                .containsExactly(lost);
        assertThat(plan).hasSize(2);
        assertThat(repair.mend(plan)).extracting(Problem::key).containsExactly(lost);
        assertThat(keys()).contains(plan.getLast().key());
    }

    @Test
    void O15_aForkAfterALostEndIsToldAsOne() {
        cut(20);
        String page = page();
        byte[] right = store.read(page, 1 << 20).orElseThrow();
        store.delete(page);
        Vaults.commit(open(store).stream("prod"), 200, 1);
        store.create(page, right);
        assertThatThrownBy(this::planned)
                .hasMessageContaining("another history in both since record 20")
                .hasMessageContaining("had lost the end of this log, as its " + page);
        assertThat(alone().plan()).isEmpty();
        VaultRepair repair = alone();
        repair.plan();
        assertThat(repair.left()).extracting(Problem::key).containsExactly(page);
    }

    private void replace(String key, byte[] bytes) {
        store.delete(key);
        store.create(key, bytes);
    }
}
