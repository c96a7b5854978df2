package io.tsvault.core.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.store.DirectoryStore;
import io.tsvault.core.store.MemoryStore;
import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.store.Passage;
import io.tsvault.core.store.StoredObject;
import io.tsvault.core.vault.VaultCheck.Problem;
import io.tsvault.core.vault.VaultCheck.Report;
import io.tsvault.core.vault.key.JobFile;
import io.tsvault.core.vault.key.JobFile.Document;
import io.tsvault.core.vault.key.ObjectKey;
import io.tsvault.core.vault.record.Event;
import io.tsvault.core.vault.record.Event.Config;
import io.tsvault.core.vault.record.Event.Expire;
import io.tsvault.core.vault.record.Event.SweepPlan;
import io.tsvault.core.vault.record.Head;
import io.tsvault.core.vault.record.LogName;
import io.tsvault.core.vault.retention.Collector;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Checks, copies and repairs go together: what one finds, the other mends.
class VaultCheckTest {
    private static final int SLICES = 34;

    /// A change there can only be seen by who wrote its hash down.
    private static final String NEWEST = "_0000000035.json";

    private final MemoryStore store = new MemoryStore();
    private final MemoryStore second = new MemoryStore();
    private final Vault vault = Vault.init(store, Vaults.surroundings(1));

    @BeforeEach
    void fill() {
        StreamLog log = vault.stream("prod");
        for (int i = 0; i < SLICES; i++) {
            Vaults.commit(log, i, i);
        }
        Vaults.commit(vault.stream("test"), 0, 0);
    }

    private Vault open(MemoryStore there) {
        return Vault.open(there, Vaults.surroundings(5));
    }

    private Report check() {
        return new VaultCheck(open(store), 1).check("prod");
    }

    private List<String> keys() {
        return store.list("", "", 10_000).stream().map(StoredObject::key).toList();
    }

    private static Map<String, byte[]> contents(MemoryStore store) {
        Map<String, byte[]> contents = new TreeMap<>();
        for (StoredObject object : store.list("", "", 10_000)) {
            contents.put(object.key(), store.read(object.key(), 1 << 20).orElseThrow());
        }
        return contents;
    }

    @Test
    void aSoundVaultHasNoProblems() {
        Report report = check();
        assertThat(report.problems()).isEmpty();
        assertThat(report.orphans()).isEmpty();
        assertThat(report.foreign()).isEmpty();
        assertThat(report.chunks()).isEqualTo(SLICES);
        assertThat(report.read()).isEqualTo(SLICES);
        assertThat(report.samples()).isEqualTo(SLICES);
        assertThat(report.head()).contains(vault.stream("prod").head());
    }

    @Test
    void O35_anyChangedObjectIsNamed() {
        for (String key : keys()) {
            if (key.startsWith("streams/prod/") && !key.endsWith(NEWEST)) {
                byte[] right = store.read(key, 1 << 20).orElseThrow();
                byte[] wrong = right.clone();
                wrong[wrong.length / 2] ^= 1;
                replace(key, wrong);
                assertThat(check().problems().getFirst().key()).isIn(key, behind(key));
                replace(key, right);
            }
        }
    }

    /// Of two records that do not follow on each other, the later one is named.
    private static String behind(String key) {
        LogName log = LogName.ofStream("prod");
        return key.startsWith(ObjectKey.records(log))
                ? ObjectKey.record(log, ObjectKey.seq(log, key).orElseThrow() + 1)
                : key;
    }

    @Test
    void O15_anyMissingObjectIsNamed() {
        for (String key : keys()) {
            if (key.startsWith("streams/prod/") && !key.endsWith(NEWEST)) {
                byte[] right = store.read(key, 1 << 20).orElseThrow();
                store.delete(key);
                assertThat(check().problems()).extracting(Problem::key).containsExactly(key);
                store.create(key, right);
            }
        }
    }

    @Test
    void aChunkOfAnotherSliceIsNotTaken() {
        List<String> chunks = keys().stream().filter(key -> key.contains("/chunks/")).toList();
        replace(chunks.get(1), store.read(chunks.get(2), 1 << 20).orElseThrow());
        assertThat(check().problems())
                .containsExactly(new Problem(chunks.get(1), "its bytes were changed"));
    }

    @Test
    void whatNobodyNamesIsListed() {
        Deposit cut = vault.stream("prod").deposit(Vaults.slice(99));
        cut.add(Vaults.chunk(Vaults.slice(99), 1));
        store.create("streams/prod/notes.txt", new byte[1]);
        store.create("streams/prod/chunks/x.chunk", new byte[1]);
        Report report = check();
        assertThat(report.problems()).isEmpty();
        assertThat(report.orphans()).hasSize(1);
        assertThat(report.foreign())
                .containsExactly("streams/prod/chunks/x.chunk", "streams/prod/notes.txt");
    }

    @Test
    void O35_aSampleIsReadOfTheChunks() {
        Report report = new VaultCheck(open(store), 0.5).check("prod");
        assertThat(report.chunks()).isEqualTo(SLICES);
        assertThat(report.read()).isBetween(5, 29);
        assertThat(new VaultCheck(open(store), 0).check("prod").read()).isZero();
        assertThatThrownBy(() -> new VaultCheck(vault, 1.01)).hasMessageContaining("from 0 to 1");
        assertThatThrownBy(() -> new VaultCheck(vault, Double.NaN))
                .hasMessageContaining("from 0 to 1");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.1, 0.3, 0.7})
    void O35_eachDayReadsOtherChunksUntilAllWereRead(double share) {
        Set<String> read = new TreeSet<>();
        long most = 0;
        for (int day = 0; day < Math.ceil(1 / share); day++) {
            Set<String> today = readOn(Vaults.NOW.plus(Duration.ofDays(day)), share);
            assertThat(today).as("day %d", day).isNotEmpty();
            most = Math.max(most, today.size());
            read.addAll(today);
        }
        assertThat(read).hasSize(SLICES);
        assertThat(most).isLessThanOrEqualTo(Math.round(SLICES * share) + 10);
    }

    /// The chunks of which a check reads all bytes.
    private Set<String> readOn(Instant now, double share) {
        Set<String> read = new TreeSet<>();
        Passage watched =
                new Passage(store) {
                    @Override
                    public Optional<byte[]> read(String key, long offset, int length) {
                        if (key.startsWith("streams/prod/chunks/")) {
                            read.add(key);
                        }
                        return super.read(key, offset, length);
                    }
                };
        Surroundings plain = Vaults.surroundings(5);
        Surroundings then =
                new Surroundings(
                        Clock.fixed(now, ZoneOffset.UTC),
                        plain.random(),
                        plain.pause(),
                        plain.parallel(),
                        "test");
        Report report = new VaultCheck(Vault.open(watched, then), share).check("prod");
        assertThat(report.read()).isEqualTo(read.size());
        return read;
    }

    @Test
    void O15_whatIsMissingIsSeenThoughNothingIsRead() {
        List<String> chunks = keys().stream().filter(key -> key.contains("prod/chunks/")).toList();
        store.delete(chunks.get(3));
        replace(chunks.get(5), new byte[7]);
        Report report = new VaultCheck(open(store), 0).check("prod");
        assertThat(report.read()).isZero();
        assertThat(report.problems())
                .extracting(Problem::key)
                .containsExactly(chunks.get(3), chunks.get(5));
    }

    @Test
    void whatIsSweptWhileItIsCheckedIsNoDamage() {
        Passage swept =
                new Passage(store) {
                    @Override
                    public List<StoredObject> list(String prefix, String after, int limit) {
                        if (prefix.equals("streams/prod/chunks/")) {
                            letGo();
                        }
                        return super.list(prefix, after, limit);
                    }
                };
        Vault watched = Vault.open(swept, Vaults.surroundings(5));
        assertThat(new VaultCheck(watched, 1).check("prod").problems()).isEmpty();
    }

    /// Lets go of the first slice, as the collector does; once.
    private List<String> letGo() {
        StreamLog log = open(store).stream("prod");
        List<String> keys =
                log.state().slice(Vaults.slice(0)).orElseThrow().chunks().stream()
                        .map(chunk -> ObjectKey.chunk(log.name(), Vaults.slice(0), chunk))
                        .toList();
        if (!keys.isEmpty()) {
            log.append(_ -> Optional.of(new Expire(List.of(Vaults.slice(0)), "test")));
            log.append(_ -> Optional.of(new SweepPlan(keys)));
            log.objects().delete(keys);
        }
        return keys;
    }

    @Test
    void whatIsNoPartOfAVaultIsNamed() {
        for (String key :
                List.of(
                        "holiday.jpg",
                        "photos/a.jpg",
                        "photos/b.jpg",
                        "streams/notes.txt",
                        "streams/_odd/x",
                        "config/a.yml",
                        "config/tenants/a/b",
                        "config/sources/_a/b",
                        "config/sources/a/notes.txt",
                        "restores/job/notes.txt",
                        "restores/x")) {
            store.create(key, new byte[1]);
        }
        store.create("restores/job/manifest.json", new byte[1]);
        Vault edited = open(store);
        edited.append(
                LogName.ofConfig("sources", "a"),
                _ -> Optional.of(new Config(Map.of("url", "http://a:9090"))));
        VaultCheck.Others others = new VaultCheck(edited, 1).checkOthers();
        assertThat(others.problems()).isEmpty();
        assertThat(others.logs()).isEqualTo(2);
        assertThat(others.foreign())
                .containsExactly(
                        "holiday.jpg",
                        "photos/",
                        "streams/_odd/",
                        "streams/notes.txt",
                        "restores/x",
                        "restores/job/notes.txt",
                        "config/a.yml",
                        "config/sources/_a/",
                        "config/sources/a/notes.txt",
                        "config/tenants/");
    }

    @Test
    void filesOfAJobAreHeldAgainstItsRecords() {
        ObjectStore job = vault.restore("job");
        byte[] right = "{}".getBytes(UTF_8);
        List<JobFile> files = List.of(Document.MANIFEST, Document.PLAN, new JobFile.Report(1));
        files.forEach(file -> job.create(file.key(), right));
        LogName name = LogName.ofRestore("job");
        String hash = Head.hash(right);
        for (Event event :
                List.of(
                        new Event.Accepted("", hash),
                        new Event.Planned(hash),
                        new Event.Report(1, "DONE", hash))) {
            vault.append(name, _ -> Optional.of(event));
        }
        assertThat(new VaultCheck(open(store), 1).checkOthers().problems()).isEmpty();
        for (JobFile file : files) {
            String key = "restores/job/" + file.key();
            replace(key, "{ }".getBytes(UTF_8));
            assertThat(new VaultCheck(open(store), 1).checkOthers().problems())
                    .containsExactly(new Problem(key, "its bytes were changed"));
            store.delete(key);
            assertThat(new VaultCheck(open(store), 1).checkOthers().problems())
                    .containsExactly(new Problem(key, "missing"));
            store.create(key, right);
        }
    }

    @Test
    void aLogThatCannotBeReadHidesNoOther() {
        replace(
                ObjectKey.record(LogName.ofStream("prod"), SLICES + 1),
                "{\"format\":2}".getBytes(UTF_8));
        Report report = check();
        assertThat(report.head()).isEmpty();
        assertThat(report.problems())
                .singleElement()
                .extracting(Problem::what)
                .asString()
                .contains("has format 2, this version of tsvault knows 1");
        assertThat(new VaultCheck(open(store), 1).check("test").problems()).isEmpty();
        VaultCopy.Copied copied = VaultCopy.copy(open(store), second);
        assertThat(copied.unread())
                .singleElement()
                .satisfies(odd -> assertThat(odd.isOdd()).isTrue())
                .extracting(Problem::key)
                .isEqualTo(ObjectKey.record(LogName.ofStream("prod"), SLICES + 1));
        assertThat(open(second).streams()).containsExactly("test");
    }

    @Test
    void whatCannotBeReadIsAProblemAndHidesNoOther() {
        String record = ObjectKey.record(LogName.ofStream("prod"), 3);
        Passage denied =
                new Passage(store) {
                    @Override
                    public Optional<byte[]> read(String key, long offset, int length) {
                        if (key.equals(record)) {
                            throw new Permanent("denied");
                        }
                        return super.read(key, offset, length);
                    }
                };
        Vault half = Vault.open(denied, Vaults.surroundings(5));
        Report report = new VaultCheck(half, 1).check("prod");
        assertThat(report.problems())
                .containsExactly(new Problem(record, "it cannot be read: denied"));
        assertThat(report.read()).isEqualTo(SLICES);
    }

    @Test
    void aCopyLetsGoOfWhatTheVaultHasSwept() {
        VaultCopy.copy(open(store), second);
        List<String> gone = letGo();
        VaultCopy.Copied copied = VaultCopy.copy(open(store), second);
        assertThat(copied.removed()).isEqualTo(1);
        assertThat(contents(second)).doesNotContainKeys(gone.getFirst());
        assertThat(new VaultCheck(open(second), 1).check("prod").problems()).isEmpty();
        assertThat(VaultCopy.copy(open(store), second).removed()).isZero();
    }

    @Test
    void aCopyThatMayNotDeleteIsWholeAllTheSame() {
        VaultCopy.copy(open(store), second);
        List<String> gone = letGo();
        Passage locked =
                new Passage(second) {
                    @Override
                    public void delete(String key) {
                        throw new Permanent("denied");
                    }
                };
        VaultCopy.Copied copied = VaultCopy.copy(open(store), locked);
        assertThat(copied.removed()).isZero();
        assertThat(copied.kept()).containsExactly(new Problem(gone.getFirst(), "denied"));
        assertThat(new VaultCheck(open(second), 1).check("prod").orphans()).hasSize(1);
    }

    @Test
    void aCopyHasNothingOfRestores() {
        vault.restore("job").create("manifest.json", new byte[1]);
        VaultCopy.copy(open(store), second);
        assertThat(open(second).restores()).isEmpty();
    }

    @Test
    void aHeadThatWasWrittenDownProvesTheHistory() {
        StreamLog log = vault.stream("prod");
        String then = log.head().sha256();
        Vaults.commit(log, 200, 1);
        assertThat(open(store).stream("prod").hasRecord(then)).isTrue();
        assertThat(open(store).stream("prod").hasRecord("0".repeat(64))).isFalse();
    }

    @Test
    void aCopyHasTheSameBytes() {
        VaultCopy.Copied copied = VaultCopy.copy(open(store), second);
        assertThat(copied.lost()).isEmpty();
        assertThat(copied.objects()).isEqualTo(keys().size() + 1);
        Map<String, byte[]> there = contents(second);
        assertThat(there.remove("replica.json")).isNotNull();
        assertThat(there.remove("copied/9999999998_0000000001.json")).isNotNull();
        assertThat(there).containsExactlyEntriesOf(contents(store));
        assertThat(new VaultCheck(open(second), 1).check("prod").problems()).isEmpty();
    }

    @Test
    void aCopyIsBroughtUpToDate() {
        VaultCopy.copy(open(store), second);
        Vaults.commit(vault.stream("prod"), 100, 1);
        Vaults.commit(vault.stream("new"), 0, 1);
        assertThat(VaultCopy.copy(open(store), second).objects()).isEqualTo(4);
        assertThat(VaultCopy.copy(open(store), second).objects()).isZero();
        assertThat(open(second).streams()).containsExactly("new", "prod", "test");
    }

    @Test
    void aCopyThatWasCutOffIsAVaultAndIsGoneOnWith() {
        int all = keys().size() + 2;
        for (int writes = 0; writes < all; writes += 5) { // some of which only ask
            MemoryStore target = new MemoryStore();
            CutOff cut = new CutOff(target, writes);
            assertThatThrownBy(() -> VaultCopy.copy(open(store), cut))
                    .isInstanceOf(CutOff.Cut.class);
            if (target.read("vault.json", 1 << 16).isPresent()) {
                Vault half = open(target);
                assertThat(half.isCopy()).isTrue();
                for (String stream : half.streams()) {
                    assertThat(new VaultCheck(half, 1).check(stream).problems())
                            .allMatch(problem -> problem.what().contains("copy again first"));
                }
            }
            VaultCopy.copy(open(store), target);
            assertThat(contents(target)).hasSize(all);
        }
    }

    @Test
    void O15_aLogThatIsGoneIsDamageAndComesBackFromACopy() {
        VaultCopy.copy(open(store), second);
        Map<String, byte[]> before = contents(store);
        keys().stream().filter(key -> key.startsWith("streams/prod/log/")).forEach(store::delete);

        Report report = check();
        assertThat(report.problems()).singleElement().asString().contains("the log is gone");
        assertThat(report.orphans()).isEmpty();

        VaultRepair repair = new VaultRepair(open(store), open(second));
        repair.mend(repair.plan());
        assertThat(contents(store)).usingRecursiveComparison().isEqualTo(before);
    }

    @Test
    void O15_aLogThatIsGoneIsNotBegunAnew() {
        keys().stream().filter(key -> key.startsWith("streams/prod/log/")).forEach(store::delete);
        assertThatThrownBy(() -> open(store).stream("prod"))
                .isInstanceOf(DamagedVault.class)
                .hasMessageContaining("streams/prod/log/: the log is gone, and 35 objects")
                .hasMessageContaining("take the folder streams/prod away");
        assertThat(VaultCopy.copy(open(store), second).unread())
                .extracting(Problem::key)
                .containsExactly("streams/prod/log/");
    }

    @Test
    void O15_aLogWhoseEndIsGoneIsDamageAsLongAsAPageIsLeft() {
        for (int seq = 20; seq <= SLICES + 1; seq++) {
            store.delete(ObjectKey.record(LogName.ofStream("prod"), seq));
        }
        Report report = check();
        assertThat(report.problems())
                .singleElement()
                .asString()
                .contains("pages/0000000001-0000000031", "beyond the newest one, 19");
        assertThat(report.orphans()).isEmpty();
        Collector collector = new Collector(open(store).stream("prod"), Duration.ZERO, Instant.MAX);
        assertThatThrownBy(collector::plan)
                .isInstanceOf(DamagedVault.class)
                .hasMessageContaining("the end of the log is gone");
    }

    @Test
    void O15_chunksOfSlicesThatNothingSettledAreADoubtForTheCollector() {
        for (int seq = SLICES; seq <= SLICES + 1; seq++) {
            store.delete(ObjectKey.record(LogName.ofStream("prod"), seq));
        }
        Report report = check();
        assertThat(report.orphans()).hasSize(2);
        assertThat(report.unsettled()).isEqualTo(2);
        assertThat(report.captured()).isEqualTo(2);
        assertThat(report.isDoubtful()).isTrue();
        Collector collector = new Collector(open(store).stream("prod"), Duration.ZERO, Instant.MAX);
        assertThat(collector.plan().doubts())
                .singleElement()
                .asString()
                .contains("have 2 of the objects");
    }

    @Test
    void whatARunOfAnyNumberOfPartsLeftIsNoDoubt() {
        StreamLog log = vault.stream("prod");
        for (int attempt = 0; attempt < 3; attempt++) {
            log.deposit(Vaults.slice(90)).add(Vaults.chunk(Vaults.slice(90), attempt));
        }
        Report report = check();
        assertThat(report.unsettled()).isEqualTo(3);
        assertThat(report.isDoubtful()).isFalse();
    }

    @Test
    void O15_aStoreThatDoesNotAnswerIsNoDamage() {
        String record = ObjectKey.record(LogName.ofStream("prod"), 3);
        Passage dead =
                new Passage(store) {
                    @Override
                    public Optional<byte[]> read(String key, long offset, int length) {
                        if (key.equals(record)) {
                            throw new Transient("it is away");
                        }
                        return super.read(key, offset, length);
                    }
                };
        VaultCheck check = new VaultCheck(Vault.open(dead, Vaults.surroundings(5)), 1);
        assertThatThrownBy(() -> check.check("prod"))
                .isInstanceOf(Transient.class)
                .hasMessageContaining("it is away");
    }

    @Test
    void aCopyThatWasDamagedIsToldAndMended() {
        VaultCopy.copy(open(store), second);
        Map<String, byte[]> before = contents(second);
        String chunk =
                keys().stream().filter(key -> key.contains("/chunks/")).findFirst().orElseThrow();
        second.delete(chunk);
        second.create(chunk, new byte[7]);
        second.delete(ObjectKey.record(LogName.ofStream("prod"), 3));
        VaultCopy.Copied copied = VaultCopy.copy(open(store), second);
        assertThat(copied.damaged()).extracting(Problem::key).containsExactly(chunk);
        assertThat(copied.objects()).isEqualTo(1);
        VaultRepair repair = new VaultRepair(open(second), open(store));
        assertThat(repair.mend(repair.plan())).isEmpty();
        assertThat(contents(second)).usingRecursiveComparison().isEqualTo(before);
        assertThat(VaultCopy.copy(open(store), second).damaged()).isEmpty();
    }

    @Test
    void H25_aCopyOfWhichALogCannotBeReadIsNotPromoted() {
        VaultCopy.copy(open(store), second);
        String record = ObjectKey.record(LogName.ofStream("prod"), 34);
        byte[] right = second.read(record, 1 << 20).orElseThrow();
        second.delete(record);
        assertThatThrownBy(() -> open(second).promote())
                .isInstanceOf(DamagedVault.class)
                .hasMessageContaining(record);
        assertThat(open(second).isCopy()).isTrue();
        second.create(record, right);
        open(second).promote();
        assertThat(open(second).isCopy()).isFalse();
    }

    private void requireUnfinished(String key) {
        assertThat(new VaultCheck(open(second), 1).check("prod").problems())
                .singleElement()
                .asString()
                .contains(key, "this copy is not finished yet, or has lost records: copy again");
        assertThatThrownBy(() -> open(second).promote())
                .isInstanceOf(DamagedVault.class)
                .hasMessageContaining("copy again first");
        assertThat(open(second).isCopy()).isTrue();
        VaultCopy.copy(open(store), second);
        assertThat(contents(second)).hasSize(keys().size() + 2);
    }

    @Test
    void H25_aCopyThatHasNotAllRecordsIsNotPromotedUntilItIsMadeAgain() {
        LogName prod = LogName.ofStream("prod");
        VaultCopy.copy(open(store), second);
        for (int seq = 1; seq <= SLICES + 1; seq++) {
            second.delete(ObjectKey.record(prod, seq));
        }
        requireUnfinished("streams/prod/log/");
        for (int seq = 30; seq <= SLICES + 1; seq++) {
            second.delete(ObjectKey.record(prod, seq));
        }
        requireUnfinished("streams/prod/pages/0000000001-0000000031");
        open(second).promote();
    }

    @Test
    void H25_aCopyOfOneSliceWithoutItsRecordIsNotPromoted() {
        VaultCopy.copy(open(store), second);
        second.delete(ObjectKey.record(LogName.ofStream("test"), 1));
        assertThatThrownBy(() -> open(second).promote())
                .isInstanceOf(DamagedVault.class)
                .hasMessageContaining("streams/test/log/");
    }

    @Test
    void noPlaceWithinAVaultBecomesItsCopy(@TempDir Path folder) {
        Vault outer = Vault.init(DirectoryStore.make(folder.resolve("v")), Vaults.surroundings(1));
        DirectoryStore within = DirectoryStore.make(folder.resolve("v/sub"));
        assertThatThrownBy(() -> VaultCopy.copy(outer, within))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("one of the two is within the other");
        DirectoryStore beside = DirectoryStore.make(folder.resolve("v2"));
        assertThat(VaultCopy.copy(outer, beside).objects()).isEqualTo(2);
    }

    @Test
    void O15_aLogOfAConfigurationThatIsGoneIsNotBegunAnew() {
        LogName name = LogName.ofConfig("streams", "prod");
        Vault edited = open(store);
        for (int i = 0; i < 32; i++) {
            Config config = new Config(Map.of("slice", i + "m"));
            edited.append(name, _ -> Optional.of(config));
        }
        keys().stream().filter(key -> key.startsWith(name.path() + "/log/")).forEach(store::delete);
        assertThatThrownBy(() -> edited.history(name))
                .isInstanceOf(DamagedVault.class)
                .hasMessageContaining("the log is gone");
    }

    @Test
    void whatARunLeftThatWasCutOffBeforeItsFirstRecordIsNoLostLog() {
        vault.stream("new").deposit(Vaults.slice(0)).add(Vaults.chunk(Vaults.slice(0), 1));
        assertThat(open(store).stream("new").head().seq()).isZero();
    }

    @Test
    void O15_theNewestRecordComesBackFromACopyToo() {
        VaultCopy.copy(open(store), second);
        Map<String, byte[]> before = contents(store);
        keys().stream()
                .filter(key -> key.startsWith("streams/prod/log/"))
                .findFirst()
                .ifPresent(store::delete);

        VaultRepair repair = new VaultRepair(open(store), open(second));
        repair.mend(repair.plan());
        assertThat(contents(store)).usingRecursiveComparison().isEqualTo(before);
    }

    @Test
    void foldersThatNobodyCouldHaveNamedSoAreLeftOut() {
        store.create("streams/_odd/f", new byte[1]);
        store.create("config/notes/q/a", new byte[1]);

        assertThat(open(store).streams()).doesNotContain("_odd").contains("prod");
        assertThat(VaultCopy.copy(open(store), second).objects()).isPositive();
    }

    @Test
    void aConfigurationThatWasEditedIsFoundOnceAnotherFollows() {
        LogName name = LogName.ofConfig("streams", "prod");
        Vault edited = open(store);
        edited.append(name, _ -> Optional.of(new Config(Map.of("slice", "15m"))));
        edited.append(name, _ -> Optional.of(new Config(Map.of("slice", "2h"))));
        assertThat(new VaultCheck(edited, 1).checkOthers().problems()).isEmpty();

        String key = ObjectKey.record(name, 1);
        String record = new String(store.read(key, 1 << 20).orElseThrow(), UTF_8);
        replace(key, record.replace("15m", "30m").getBytes(UTF_8));

        assertThat(new VaultCheck(open(store), 1).checkOthers().problems()).isNotEmpty();
    }

    @Test
    void H25_onlyAnEmptyPlaceOrACopyBecomesACopy() {
        MemoryStore foreign = new MemoryStore();
        foreign.create("a", new byte[1]);
        requireRefused(foreign, "it is not empty");
        MemoryStore another = new MemoryStore();
        Vault.init(another, Vaults.surroundings(7));
        requireRefused(another, "it is a vault, and no copy");
        MemoryStore copyOfAnother = new MemoryStore();
        VaultCopy.copy(open(another), copyOfAnother);
        requireRefused(copyOfAnother, "it is a copy of another vault");
        VaultCopy.copy(open(store), second);
        open(second).promote();
        requireRefused(second, "it was promoted");
    }

    private void requireRefused(MemoryStore to, String why) {
        Map<String, byte[]> before = contents(to);
        assertThatThrownBy(() -> VaultCopy.copy(open(store), to))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining(why)
                .hasMessageContaining("Nothing was changed");
        assertThat(contents(to)).containsExactlyEntriesOf(before);
    }

    @Test
    void aCopySaysWhatTheVaultHasLost() {
        String chunk =
                keys().stream().filter(key -> key.contains("/chunks/")).findFirst().orElseThrow();
        store.delete(chunk);
        assertThat(VaultCopy.copy(open(store), second).lost())
                .containsExactly(new Problem(chunk, "missing"));
        store.create(chunk, new byte[] {1});
        assertThat(VaultCopy.copy(open(store), second).lost())
                .containsExactly(new Problem(chunk, "its bytes were changed"));
    }

    @Test
    void O15_aCopyIsNotCutAsItsVaultIs() {
        VaultCopy.copy(open(store), second);
        LogName prod = LogName.ofStream("prod");
        store.delete(ObjectKey.record(prod, SLICES + 1));
        assertThat(VaultCopy.copy(open(store), second).unread())
                .containsExactly(
                        new Problem(
                                ObjectKey.record(prod, SLICES + 1),
                                "missing; the copy has it, and all up to record 35"));
        for (int seq = 20; seq <= SLICES; seq++) {
            store.delete(ObjectKey.record(prod, seq));
        }
        MemoryStore third = new MemoryStore();
        assertThat(VaultCopy.copy(open(store), third).unread())
                .singleElement()
                .asString()
                .contains("the end of the log is gone");
        assertThat(third.list("streams/prod/", "", 1)).isEmpty();
        assertThat(third.list("streams/test/", "", 1)).isNotEmpty();
    }

    @Test
    void whateverIsLostComesBackFromACopy() {
        VaultCopy.copy(open(store), second);
        Map<String, byte[]> right = contents(store);
        int i = 0;
        for (String key : keys()) {
            if (key.startsWith("streams/prod/") && !key.endsWith(NEWEST)) {
                byte[] wrong = store.read(key, 1 << 20).orElseThrow();
                wrong[(i * 31) % wrong.length] ^= 0x41;
                store.delete(key);
                if (i++ % 2 == 0) {
                    store.create(key, wrong);
                }
                VaultRepair repair = new VaultRepair(open(store), open(second));
                assertThat(repair.plan()).extracting(VaultRepair.Mend::key).containsExactly(key);
                repair.mend(repair.plan());
                assertThat(store.read(key, 1 << 20)).contains(right.get(key));
            }
        }
        assertThat(check().problems()).isEmpty();
    }

    @Test
    void aCopyIsMadeOfNothingButWhatWasRead() {
        String key = "streams/prod/log/9999999996_0000000003.json";
        byte[] wrong = store.read(key, 1 << 20).orElseThrow();
        wrong[wrong.length / 2] ^= 1;
        replace(key, wrong);
        assertThat(VaultCopy.copy(open(store), second).unread())
                .extracting(Problem::key)
                .containsExactly(key);
        assertThat(second.read(key, 1 << 20)).isEmpty();
        assertThat(new VaultCheck(open(second), 1).check("test").problems()).isEmpty();
    }

    @Test
    void aVaultThatBecameAnotherIsNotCopied() {
        Vault opened = open(store);
        MemoryStore another = new MemoryStore();
        Vault.init(another, Vaults.surroundings(7));
        replace("vault.json", another.read("vault.json", 1 << 16).orElseThrow());
        assertThatThrownBy(() -> VaultCopy.copy(opened, second))
                .isInstanceOf(DamagedVault.class)
                .hasMessageContaining("gone or another");
        assertThat(contents(second)).isEmpty();
    }

    @Test
    void aVaultThatWentOnIsRepairedToo() {
        VaultCopy.copy(open(store), second);
        String chunk =
                keys().stream().filter(key -> key.contains("/chunks/")).findFirst().orElseThrow();
        store.delete(chunk);
        Vaults.commit(vault.stream("prod"), 100, 1);
        VaultRepair repair = new VaultRepair(open(store), open(second));
        repair.mend(repair.plan());
        assertThat(check().problems()).isEmpty();
    }

    @Test
    void twoHistoriesAreNotMixed() {
        VaultCopy.copy(open(store), second);
        open(second).promote();
        Vaults.commit(open(second).stream("prod"), 300, 1);
        Vaults.commit(open(store).stream("prod"), 300, 2);
        Vaults.commit(open(store).stream("prod"), 301, 2);
        VaultRepair repair = new VaultRepair(open(store), open(second));
        assertThatThrownBy(repair::plan)
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("another history");
    }

    @Test
    void onlyTheSameVaultHelps() {
        MemoryStore another = new MemoryStore();
        Vault stranger = Vault.init(another, Vaults.surroundings(7));
        assertThatThrownBy(() -> new VaultRepair(vault, stranger))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("only a copy can help");
    }

    private void replace(String key, byte[] bytes) {
        store.delete(key);
        store.create(key, bytes);
    }
}
