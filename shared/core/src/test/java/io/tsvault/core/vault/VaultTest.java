package io.tsvault.core.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.store.MemoryStore;
import io.tsvault.core.store.Passage;
import io.tsvault.core.vault.record.UnsupportedVault;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

class VaultTest {
    private final MemoryStore store = new MemoryStore();

    private Vault open() {
        return Vault.open(store, Vaults.surroundings(9));
    }

    private void put(String key, String text) {
        store.delete(key);
        store.create(key, text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aVaultIsMadeOnce() {
        Vault vault = Vault.init(store, Vaults.surroundings(1));
        assertThat(vault.id()).matches("[0-9a-f]{32}");
        assertThat(open().id()).isEqualTo(vault.id());
        assertThatThrownBy(() -> Vault.init(store, Vaults.surroundings(2)))
                .isInstanceOf(Permanent.class)
                .hasMessage("memory: is a vault already; nothing was changed");
        assertThat(open().id()).isEqualTo(vault.id());
    }

    @Test
    void aVaultNeedsAPlaceOfItsOwn() {
        put("holiday.jpg", "x");
        assertThatThrownBy(() -> Vault.init(store, Vaults.surroundings(2)))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("is not empty: there is holiday.jpg");
        assertThatThrownBy(this::open)
                .hasMessageContaining("is no vault; make one by tsvault init");
    }

    @Test
    void O11_aVaultThatLostItsFileIsNotBegunAnew() {
        Vaults.commit(Vault.init(store, Vaults.surroundings(1)).stream("prod"), 0, 1);
        store.delete("vault.json");
        assertThatThrownBy(this::open)
                .isInstanceOf(DamagedVault.class)
                .hasMessageStartingWith("vault.json: gone, though ");
        assertThatThrownBy(() -> Vault.init(store, Vaults.surroundings(2)))
                .hasMessageContaining("is not empty");
    }

    @Test
    void H16_aVaultOfALaterVersionIsNotTouched() {
        put("vault.json", "{'format':2,'new':1.5}".replace("1.5", "{}"));
        assertThatThrownBy(this::open)
                .isInstanceOf(UnsupportedVault.TooNew.class)
                .hasMessage(
                        "vault.json has format 2, this version of tsvault knows 1; it is too new:"
                                + " use a later version of tsvault");
        put("vault.json", "{'format':0,'vault':'x'}");
        assertThatThrownBy(this::open).isInstanceOf(UnsupportedVault.TooOld.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{}", "{'format':'1'}", "{'format':1}"})
    void aFileThatDescribesNoVaultIsDamaged(String text) {
        put("vault.json", text);
        assertThatThrownBy(this::open)
                .isInstanceOf(DamagedVault.class)
                .hasMessageStartingWith("vault.json: it does not describe a vault");
    }

    @Test
    void O28_aStoreThatOverwritesBecomesNoVault() {
        Overwriting careless = new Overwriting(store);
        assertThatThrownBy(() -> Vault.init(careless, Vaults.surroundings(1)))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining(
                        "of 8 who created vault.json at once, 8 were told that theirs is there")
                .hasMessageContaining("Use a store that honours If-None-Match, or a folder")
                .hasMessageEndingWith("Nothing was kept there");
        assertThat(store.list("", "", 9)).isEmpty();
    }

    @Test
    void O28_whatCannotBeTakenAwayAgainIsNamed() {
        Passage locked =
                new Passage(new Overwriting(store)) {
                    @Override
                    public void delete(String key) {
                        throw new Permanent("it is locked");
                    }
                };
        assertThatThrownBy(() -> Vault.init(locked, Vaults.surroundings(1)))
                .hasMessageEndingWith("Delete vault.json there: it is locked");
    }

    @Test
    void O28_aStoreThatKeepsAnotherThanItSaysBecomesNoVault() {
        Passage confused =
                new Passage(store) {
                    private boolean told;

                    @Override
                    public Creation create(String key, byte[] bytes) {
                        super.create(key, new byte[] {1});
                        Creation answer = told ? Creation.ALREADY_THERE : Creation.CREATED;
                        told = true;
                        return answer;
                    }
                };
        assertThatThrownBy(() -> Vault.init(confused, Vaults.surroundings(1)))
                .hasMessageContaining("1 were told that theirs is there");
    }

    @Test
    void O28_aVaultThatMovedToSuchAStoreIsReadAndNotWrittenTo() {
        Vaults.commit(Vault.init(store, Vaults.surroundings(1)).stream("prod"), 0, 1);
        byte[] described = store.read("vault.json", 1 << 16).orElseThrow();
        StreamLog log = Vault.open(new Overwriting(store), Vaults.surroundings(2)).stream("prod");
        assertThat(log.head().seq()).isEqualTo(1);
        assertThatThrownBy(() -> Vaults.commit(log, 1, 1))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("vault.json is there, and could be created once more")
                .hasMessageContaining("Use a store that honours If-None-Match, or a folder");
        assertThat(open().stream("prod").head().seq()).isEqualTo(1);
        assertThat(store.read("vault.json", 1 << 16)).contains(described);
    }

    @Test
    void O28_aPlaceThatOverwritesBecomesNoCopyAndGetsNoMoreOfOne() {
        Vault vault = Vault.init(store, Vaults.surroundings(1));
        MemoryStore second = new MemoryStore();
        assertThatThrownBy(() -> VaultCopy.copy(vault, new Overwriting(second)))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("of 8 who created replica.json at once, 8 were told");
        assertThat(second.list("", "", 9)).isEmpty();
        VaultCopy.copy(vault, second);
        assertThatThrownBy(() -> VaultCopy.copy(vault, new Overwriting(second)))
                .hasMessageContaining("replica.json is there, and could be created once more");
    }

    @Test
    void O28_ofManyAtOnceOneBecomesTheVault() {
        Surroundings plain = Vaults.surroundings(1);
        Surroundings threads =
                new Surroundings(
                        plain.clock(),
                        new SecureRandom(),
                        plain.pause(),
                        Parallel.threads(8),
                        "test");
        assertThat(Vault.init(store, threads).id()).isEqualTo(open().id());
    }

    @Test
    void onlyACopyIsPromoted() {
        Vault vault = Vault.init(store, Vaults.surroundings(1));
        assertThatThrownBy(vault::promote).hasMessageContaining("is no copy");
        MemoryStore second = new MemoryStore();
        VaultCopy.copy(vault, second);
        Vault copy = Vault.open(second, Vaults.surroundings(3));
        assertThat(copy.isCopy()).isTrue();
        assertThatThrownBy(() -> Vaults.commit(copy.stream("prod"), 0, 1))
                .isInstanceOf(Permanent.class);
        copy.promote();
        assertThat(copy.isCopy()).isFalse();
        Vaults.commit(copy.stream("prod"), 0, 1);
        assertThatThrownBy(copy::promote).hasMessageContaining("is no copy");
    }
}
