package io.tsvault.core.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.store.DirectoryStore;
import io.tsvault.core.store.MemoryStore;
import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.store.StoredObject;
import io.tsvault.core.vault.VaultCheck.Problem;
import io.tsvault.core.vault.VaultCheck.Remedy;
import io.tsvault.core.vault.VaultCheck.Report;
import io.tsvault.core.vault.key.ObjectKey;
import io.tsvault.core.vault.record.Event;
import io.tsvault.core.vault.record.Event.Config;
import io.tsvault.core.vault.record.Event.Gap;
import io.tsvault.core.vault.record.LogName;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Damage hides no other damage of its stream, and what can be mended is.
class DamagedStreamTest {
    private static final LogName PROD = LogName.ofStream("prod");
    private static final int SLICES = 40;

    @TempDir private Path folder = Path.of("");

    private final MemoryStore memory = new MemoryStore();

    private static Vault filled(ObjectStore store) {
        Vault vault = Vault.init(store, Vaults.surroundings(1));
        StreamLog log = vault.stream("prod");
        for (int i = 0; i < SLICES; i++) {
            Vaults.commit(log, i, i);
        }
        return vault;
    }

    private static Report check(ObjectStore store) {
        return new VaultCheck(Vault.open(store, Vaults.surroundings(5)), 1).check("prod");
    }

    private static List<String> chunks(ObjectStore store) {
        return store.list("streams/prod/chunks/", "", 1000).stream()
                .map(StoredObject::key)
                .toList();
    }

    private static void replace(ObjectStore store, String key, byte[] bytes) {
        store.delete(key);
        store.create(key, bytes);
    }

    private static void flip(ObjectStore store, String key) {
        byte[] bytes = store.read(key, 1 << 20).orElseThrow();
        bytes[bytes.length / 2] ^= 1;
        replace(store, key, bytes);
    }

    @Test
    void O35_aBreakInALogHidesNoDamageBeforeOrBehindIt() {
        filled(memory);
        List<String> chunks = chunks(memory);
        replace(memory, ObjectKey.record(PROD, 36), "hello".getBytes(UTF_8));
        memory.delete(ObjectKey.record(PROD, 38));
        flip(memory, chunks.get(2));
        memory.delete(chunks.get(3));
        flip(memory, chunks.get(34));
        memory.delete(chunks.get(39));
        String page = memory.list("streams/prod/pages/", "", 1).getFirst().key();
        flip(memory, page);

        Report report = check(memory);
        assertThat(report.head()).isEmpty();
        assertThat(report.problems())
                .extracting(Problem::key)
                .containsExactlyInAnyOrder(
                        ObjectKey.record(PROD, 36),
                        ObjectKey.record(PROD, 38),
                        page,
                        chunks.get(2),
                        chunks.get(3),
                        chunks.get(34),
                        chunks.get(39));
        assertThat(report.problems())
                .filteredOn(problem -> problem.key().equals(chunks.get(39)))
                .extracting(Problem::what)
                .containsExactly("missing, unless a record that cannot be read let go of it");
        assertThat(report.unproven()).isEqualTo(2); // those of 36 and 38
        assertThat(report.chunks()).isEqualTo(SLICES - 2);
        assertThat(report.orphans()).isEmpty();
    }

    @Test
    void O35_twoBreaksAreBothTold() {
        filled(memory);
        for (int seq : new int[] {33, 37}) {
            String key = ObjectKey.record(PROD, seq);
            String text = new String(memory.read(key, 1 << 20).orElseThrow(), UTF_8);
            replace(memory, key, text.replace("3.5.0", "3.6.0").getBytes(UTF_8));
        }
        assertThat(check(memory).problems())
                .extracting(Problem::key)
                .containsExactly(ObjectKey.record(PROD, 34), ObjectKey.record(PROD, 38));
    }

    @Test
    void O35_aLogThatIsGoneHidesNoDamageOfChunks() {
        filled(memory);
        memory.list("streams/prod/log/", "", 1000).forEach(object -> memory.delete(object.key()));
        flip(memory, chunks(memory).get(7));
        Report report = check(memory);
        assertThat(report.problems())
                .extracting(Problem::key)
                .containsExactly("streams/prod/log/", chunks(memory).get(7));
        assertThat(report.unproven()).isEqualTo(SLICES);
    }

    @Test
    void O35_aLinkWhereAChunkBelongsHidesNothing() throws IOException {
        ObjectStore store = DirectoryStore.make(folder);
        filled(store);
        List<String> chunks = chunks(store);
        flip(store, chunks.get(5));
        Path chunk = folder.resolve(chunks.get(6));
        Files.delete(chunk);
        Files.createSymbolicLink(chunk, Path.of("elsewhere"));
        Report report = check(store);
        assertThat(report.problems())
                .extracting(Problem::key)
                .containsExactlyInAnyOrder(chunks.get(5), chunks.get(6));
        assertThat(report.read()).isEqualTo(SLICES - 1);
    }

    @Test
    void O35_aLinkWhereARecordBelongsHidesNothing() throws IOException {
        ObjectStore store = DirectoryStore.make(folder);
        filled(store);
        List<String> chunks = chunks(store);
        flip(store, chunks.get(5));
        flip(store, chunks.get(39));
        Path record = folder.resolve(ObjectKey.record(PROD, 20));
        Files.delete(record);
        Files.createSymbolicLink(record, Path.of("elsewhere"));
        Report report = check(store);
        assertThat(report.problems())
                .extracting(Problem::key)
                .contains(chunks.get(5), chunks.get(39), ObjectKey.record(PROD, 20));
    }

    @Test
    void H08_aLinkThatHidesNothingIsToldAndRefusesNothing() throws IOException {
        ObjectStore store = DirectoryStore.make(folder);
        filled(store);
        List<String> links =
                List.of(
                        "streams/prod/notes",
                        "streams/x",
                        "config/kind",
                        "a b",
                        "streams/prod/log/x");
        Files.createDirectories(folder.resolve("config"));
        for (String link : links) {
            Files.createSymbolicLink(folder.resolve(link), Path.of("elsewhere"));
        }
        Report report = check(store);
        assertThat(report.problems())
                .extracting(Problem::key)
                .containsExactly("streams/prod/log/x", "streams/prod/notes");
        assertThat(report.problems()).allMatch(problem -> problem.remedy() == Remedy.AWAY);
        assertThat(report.read()).isEqualTo(SLICES);
        Vault vault = Vault.open(store, Vaults.surroundings(4));
        assertThat(new VaultCheck(vault, 1).checkOthers().problems())
                .extracting(Problem::key)
                .containsExactlyInAnyOrder("a b", "config/kind", "streams/x");
        Vaults.commit(vault.stream("prod"), SLICES, SLICES);
        assertThat(VaultCopy.copy(vault, memory).unread()).isEmpty();
    }

    private MemoryStore promoted(int more) {
        MemoryStore copy = new MemoryStore();
        VaultCopy.copy(Vault.open(memory, Vaults.surroundings(2)), copy);
        Vault vault = Vault.open(copy, Vaults.surroundings(3));
        vault.promote();
        StreamLog log = vault.stream("prod");
        for (int i = SLICES; i < SLICES + more; i++) {
            Vaults.commit(log, i, i);
        }
        return copy;
    }

    private static void cut(ObjectStore store, int from, int to) {
        for (int seq = from; seq <= to; seq++) {
            store.delete(ObjectKey.record(PROD, seq));
        }
    }

    @Test
    void O15_aLogThatIsGoneIsSeenInACopyThatWasPromoted() {
        filled(memory);
        MemoryStore copy = promoted(0);
        assertThat(check(copy).problems()).isEmpty();
        cut(copy, 1, SLICES + 1);
        assertThat(check(copy).problems()).extracting(Problem::key).contains("streams/prod/log/");
    }

    @Test
    void O15_aLostEndIsSeenInACopyThatWasPromoted() {
        filled(memory);
        MemoryStore cutToBefore = promoted(0);
        cut(cutToBefore, 20, SLICES + 1);
        assertThat(check(cutToBefore).problems())
                .singleElement()
                .asString()
                .contains("the end of the log is gone");
        MemoryStore cutSince = promoted(30);
        assertThat(check(cutSince).problems()).isEmpty();
        cut(cutSince, 50, SLICES + 32);
        assertThat(check(cutSince).problems())
                .singleElement()
                .asString()
                .contains("beyond the newest one, 49");
    }

    @Test
    void O15_nothingIsAppendedToALogWhoseEndIsLost() {
        filled(memory);
        cut(memory, 20, SLICES + 1);
        StreamLog log = Vault.open(memory, Vaults.surroundings(5)).stream("prod");
        Event gap = new Gap(Vaults.slice(99), "lost");
        int before = memory.list("", "", 1000).size();
        for (int again = 0; again < 2; again++) {
            assertThatThrownBy(() -> log.append(_ -> Optional.of(gap)))
                    .isInstanceOf(DamagedVault.class)
                    .hasMessageContaining("the newest one, 19: the end of the log is gone")
                    .hasMessageContaining("tsvault vault repair puts back");
            assertThatThrownBy(() -> Vaults.commit(log, 98, 1)).isInstanceOf(DamagedVault.class);
        }
        assertThat(memory.list("", "", 1000)).hasSize(before);
    }

    @Test
    void O15_aLostEndOfAConfigurationIsTold() {
        LogName name = LogName.ofConfig("sources", "a");
        Vault vault = Vault.init(memory, Vaults.surroundings(1));
        for (int i = 0; i < SLICES; i++) {
            Config config = new Config(Map.of("url", "http://a:" + i));
            vault.append(name, _ -> Optional.of(config));
        }
        for (int seq = 20; seq <= SLICES + 1; seq++) {
            memory.delete(ObjectKey.record(name, seq));
        }
        assertThat(new VaultCheck(vault, 1).checkOthers().problems())
                .singleElement()
                .asString()
                .contains("the end of the log is gone");
        assertThatThrownBy(() -> vault.head(name)).isInstanceOf(DamagedVault.class);
        Config config = new Config(Map.of());
        assertThatThrownBy(() -> vault.append(name, _ -> Optional.of(config)))
                .isInstanceOf(DamagedVault.class);
    }

    @Test
    void whatWasCopiedIntoAVaultThatWentItsOwnWayIsNoLostEnd() {
        Vault vault = filled(memory);
        MemoryStore copy = promoted(1);
        StreamLog log = vault.stream("prod");
        for (int i = SLICES; i < SLICES + 30; i++) {
            Vaults.commit(log, i, -i);
        }
        for (StoredObject page : memory.list("streams/prod/pages/", "", 10)) {
            copy.create(page.key(), memory.read(page.key(), 1 << 20).orElseThrow());
        }
        assertThat(check(copy).problems()).isEmpty();
    }

    @Test
    void H16_whatALaterVersionWroteIsNoDamage() {
        filled(memory);
        replace(memory, ObjectKey.record(PROD, 40), "{\"format\":2}".getBytes(UTF_8));
        replace(memory, ObjectKey.record(PROD, 41), "{\"format\":2}".getBytes(UTF_8));
        Report report = check(memory);
        assertThat(report.problems())
                .singleElement()
                .satisfies(odd -> assertThat(odd.remedy()).isEqualTo(Remedy.VERSION))
                .extracting(Problem::key)
                .isEqualTo(ObjectKey.record(PROD, 40));
        assertThat(report.unproven()).isEqualTo(2);
    }

    @Test
    void O35_aDamagedPageIsMadeAnewOfItsRecords() {
        Vault vault = filled(memory);
        String page = memory.list("streams/prod/pages/", "", 1).getFirst().key();
        byte[] right = memory.read(page, 1 << 20).orElseThrow();
        flip(memory, page);
        assertThat(check(memory).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.remedy()).isEqualTo(Remedy.REBUILD))
                .extracting(Problem::key)
                .isEqualTo(page);
        VaultRepair repair = new VaultRepair(vault, vault);
        assertThat(repair.mend(repair.plan())).isEmpty();
        assertThat(memory.read(page, 1 << 20).orElseThrow()).isEqualTo(right);

        flip(memory, page);
        flip(memory, chunks(memory).getFirst());
        assertThat(repair.mend(repair.plan()))
                .extracting(Problem::key)
                .containsExactly(chunks(memory).getFirst());
        assertThat(memory.read(page, 1 << 20).orElseThrow()).isEqualTo(right);
    }

    @Test
    void O11_aLostDescriptionComesBackFromACopy() {
        byte[] right = filled(memory).described();
        MemoryStore copy = new MemoryStore();
        Vault other = Vault.open(memory, Vaults.surroundings(2));
        VaultCopy.copy(other, copy);
        Vault twin = Vault.open(copy, Vaults.surroundings(3));
        for (String damage : List.of("", "{", "{}")) {
            replace(memory, "vault.json", damage.getBytes(UTF_8));
            assertThatThrownBy(() -> check(memory))
                    .isInstanceOf(DamagedVault.class)
                    .hasMessageContaining("does not describe a vault")
                    .message()
                    .doesNotContain("Source");
            mendDescription(twin, right);
        }
        memory.delete("vault.json");
        mendDescription(twin, right);
    }

    private void mendDescription(Vault twin, byte[] right) {
        VaultRepair repair = VaultRepair.of(memory, twin);
        assertThat(repair.plan()).extracting(VaultRepair.Mend::key).containsExactly("vault.json");
        assertThat(repair.mend(repair.plan())).isEmpty();
        assertThat(memory.read("vault.json", 1 << 20).orElseThrow()).isEqualTo(right);
        assertThat(check(memory).problems()).isEmpty();
    }

    @Test
    void O11_aLostDescriptionComesBackThoughTheNewestRecordsAreDamaged() {
        filled(memory);
        MemoryStore copy = new MemoryStore();
        VaultCopy.copy(Vault.open(memory, Vaults.surroundings(2)), copy);
        for (long seq = SLICES; seq <= SLICES + 1; seq++) {
            replace(memory, ObjectKey.record(PROD, seq), "junk".getBytes(UTF_8));
        }
        memory.delete("vault.json");
        VaultRepair alone = VaultRepair.alone(memory, Vaults.surroundings(3));
        assertThat(alone.mend(alone.plan()))
                .extracting(Problem::key)
                .containsExactly(ObjectKey.record(PROD, SLICES));
        memory.delete("vault.json");
        VaultRepair repair = VaultRepair.of(memory, Vault.open(copy, Vaults.surroundings(3)));
        assertThat(repair.mend(repair.plan())).isEmpty();
        assertThat(check(memory).problems()).isEmpty();
    }

    @Test
    void O11_noOtherVaultGivesItsDescriptionAway() {
        filled(memory);
        MemoryStore strange = new MemoryStore();
        Vault other = Vault.init(strange, Vaults.surroundings(99));
        memory.delete("vault.json");
        assertThatThrownBy(() -> VaultRepair.of(memory, other))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("the records here are of");
        assertThat(memory.read("vault.json", 0, 1)).isEmpty();
    }
}
