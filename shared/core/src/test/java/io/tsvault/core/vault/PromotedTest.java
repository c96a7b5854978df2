package io.tsvault.core.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.store.MemoryStore;
import io.tsvault.core.store.StoredObject;
import io.tsvault.core.vault.VaultCheck.Absent;
import io.tsvault.core.vault.VaultCheck.Problem;
import io.tsvault.core.vault.VaultCheck.Promotable;
import io.tsvault.core.vault.VaultCheck.Reached;
import io.tsvault.core.vault.key.ObjectKey;
import io.tsvault.core.vault.record.Event.Config;
import io.tsvault.core.vault.record.LogName;
import io.tsvault.core.vault.record.UnsupportedVault;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A copy that is to be the vault that counts, or is it.
class PromotedTest {
    private static final LogName ONE = LogName.ofStream("one");
    private static final LogName TWO = LogName.ofStream("two");

    private final MemoryStore store = new MemoryStore();
    private final MemoryStore second = new MemoryStore();

    @BeforeEach
    void fill() {
        Vault vault = Vault.init(store, Vaults.surroundings(1));
        configure(vault, LogName.ofConfig("sources", "a"), Map.of("url", "http://a:9090"));
        for (String name : List.of("one", "two")) {
            configure(vault, LogName.ofConfig("streams", name), Map.of("source", "a"));
            StreamLog log = vault.stream(name);
            for (int i = 0; i < 4; i++) {
                Vaults.commit(log, i, i);
            }
        }
        copy();
    }

    private static void configure(Vault vault, LogName log, Map<String, String> settings) {
        assertThat(vault.append(log, _ -> Optional.of(new Config(settings)))).isPresent();
    }

    private void copy() {
        VaultCopy.copy(open(store), second);
    }

    private static Vault open(MemoryStore at) {
        return Vault.open(at, Vaults.surroundings(7));
    }

    private static Vault daysLater(MemoryStore at, int days) {
        Surroundings now = Vaults.surroundings(8);
        Clock clock = Clock.fixed(Vaults.NOW.plus(Duration.ofDays(days)), ZoneOffset.UTC);
        return Vault.open(
                at,
                new Surroundings(clock, now.random(), now.pause(), now.parallel(), now.writer()));
    }

    private static void drop(MemoryStore at, String folder) {
        for (StoredObject object : Lists.all(at, folder)) {
            at.delete(object.key());
        }
    }

    private void write(String key, String text) {
        second.delete(key);
        second.create(key, text.getBytes(StandardCharsets.UTF_8));
    }

    private List<Problem> others() {
        return new VaultCheck(open(second), 1).checkOthers().problems();
    }

    private List<String> doubts() {
        return new VaultCheck(open(second), 0)
                .promotable().doubts().stream().map(Problem::toString).toList();
    }

    @Test
    void H25_aCopyWithoutDoubtSaysHowFarEachLogHasCome() {
        Promotable promotable = new VaultCheck(open(second), 0).promotable();
        assertThat(promotable.doubts()).isEmpty();
        assertThat(promotable.logs())
                .containsAll(
                        List.of(
                                new Reached(ONE, open(store).head(ONE)),
                                new Reached(TWO, open(store).head(TWO))))
                .hasSize(5);
        open(second).promote(promotable);
        assertThat(open(second).isCopy()).isFalse();
    }

    @Test
    void H25_aCopyWhoseChunksWaitForTheirRecordsIsNotPromoted() {
        Vaults.commit(open(store).stream("two"), 9, 9);
        assertThatThrownBy(() -> VaultCopy.copy(open(store), new CutOff(second, 2)))
                .isInstanceOf(CutOff.Cut.class);
        String why = "this copy is not finished yet, or has lost records: copy again first";
        assertThat(doubts()).singleElement().asString().contains("streams/two/chunks/", why);
        assertThat(new VaultCheck(open(second), 1).check("two").problems())
                .singleElement()
                .asString()
                .contains(why);
        assertThatThrownBy(() -> open(second).promote())
                .isInstanceOf(DamagedVault.class)
                .hasMessageContaining(why);
        assertThat(open(second).isCopy()).isTrue();
        copy();
        open(second).promote();
        assertThat(open(second).isCopy()).isFalse();
    }

    @Test
    void H25_aCopyThatHasLostWhatItHadWhenItWasFinishedSaysSo() {
        drop(second, "streams/two/");
        assertThat(doubts())
                .singleElement()
                .asString()
                .contains("records 1 to 4 are lost: they were here when a copy was finished");
        assertThatThrownBy(() -> open(second).promote()).isInstanceOf(DamagedVault.class);
        Vault vault = open(second);
        vault.promote(new VaultCheck(vault, 0).promotable());
        assertThat(vault.isCopy()).isFalse();
    }

    @Test
    void H25_aCopyThatNobodyFinishedSaysSo() {
        drop(second, ObjectKey.COPIED);
        assertThat(doubts())
                .singleElement()
                .asString()
                .contains(ObjectKey.COPIED, "nobody who copied to here was done");
        copy();
        assertThat(doubts()).isEmpty();
    }

    @Test
    void H25_aStreamThatWasNeverBackedUpIsNoDoubtInACopyThatIsFinished() {
        configure(open(store), LogName.ofConfig("streams", "three"), Map.of("source", "a"));
        copy();
        assertThat(doubts()).isEmpty();
    }

    @Test
    void H25_aFirstCopyThatWasCutOffAnywhereIsInDoubtUntilAnotherIsFinished() {
        int writes = 0;
        boolean cut = true;
        for (; cut; writes++) {
            drop(second, "");
            cut = isCutOff(writes);
            if (cut && Vault.isAt(second)) {
                assertThat(isDoubtful()).as("cut off after %d writes", writes).isTrue();
            }
        }
        assertThat(writes).isGreaterThan(20);
        assertThat(doubts()).isEmpty();
    }

    @Test
    void H25_aLaterCopyThatWasCutOffIsInDoubtUnlessItIsWhatItWas() {
        List<Reached> before = logs();
        configure(open(store), LogName.ofConfig("sources", "b"), Map.of("url", "http://b:9090"));
        configure(open(store), LogName.ofConfig("streams", "three"), Map.of("source", "b"));
        Vaults.commit(open(store).stream("three"), 0, 0);
        configure(open(store), LogName.ofConfig("targets", "t"), Map.of("url", "http://t:9090"));
        for (int writes = 0; isCutOff(writes); writes++) {
            if (!isDoubtful()) {
                assertThat(logs()).as("cut off after %d writes", writes).isEqualTo(before);
            }
            drop(second, "config/sources/b/");
            drop(second, "config/streams/three/");
            drop(second, "config/targets/");
            drop(second, "streams/three/");
        }
        assertThat(doubts()).isEmpty();
        assertThat(logs()).hasSize(before.size() + 4);
    }

    private boolean isCutOff(int writes) {
        try {
            VaultCopy.copy(open(store), new CutOff(second, writes));
            return false;
        } catch (CutOff.Cut e) {
            return true;
        }
    }

    private boolean isDoubtful() {
        try {
            return !doubts().isEmpty();
        } catch (DamagedVault e) {
            return e.what().contains("copy again first");
        }
    }

    private List<Reached> logs() {
        return new VaultCheck(open(second), 0).promotable().logs();
    }

    @Test
    void H25_whoBeganFirstAndIsDoneLastTakesNothingBackOfWhatAnotherHasFinished() {
        Finished finished = new Finished(second, open(store).id());
        Heads older = finished.heads().orElseThrow();
        Vaults.commit(open(store).stream("two"), 9, 9);
        copy();
        finished.add(older, Vaults.surroundings(9));
        assertThat(finished.heads().orElseThrow().seq(TWO)).isEqualTo(5);
        assertThat(Lists.all(second, ObjectKey.COPIED)).hasSize(2);
        assertThat(doubts()).isEmpty();
    }

    @Test
    void H25_aCopyOfWhatCannotAllBeReadIsNotFinished() {
        Vaults.commit(open(store).stream("two"), 9, 9);
        store.delete(ObjectKey.record(ONE, 2));
        assertThat(VaultCopy.copy(open(store), second).unread()).isNotEmpty();
        assertThat(doubts())
                .singleElement()
                .asString()
                .contains(ObjectKey.record(TWO, 5), "after the last copy that was finished");
    }

    @Test
    void H25_whatSaysThatACopyIsFinishedAndCannotBeReadIsSaidAnew() {
        write("copied/9999999998_0000000001.json", "junk");
        assertThat(doubts()).singleElement().asString().contains("nobody who copied");
        copy();
        assertThat(doubts()).isEmpty();
        assertThat(others()).isEmpty();
        assertThat(new VaultCheck(open(second), 1).checkOthers().foreign()).isEmpty();
    }

    @Test
    void H18_recordsThatAPromotionTellsOfAreLostThoughNoPageTells() {
        open(second).promote();
        Vaults.commit(open(second).stream("two"), 4, 4);
        second.delete(ObjectKey.record(TWO, 5));
        assertThat(new VaultCheck(open(second), 1).check("two").problems()).isEmpty();
        second.delete(ObjectKey.record(TWO, 4));
        assertThat(new VaultCheck(open(second), 1).check("two").problems())
                .singleElement()
                .asString()
                .contains("records 4 to 4 are lost: they were there when this copy was promoted");
        assertThat(open(second).stream("two").lostEnd()).isPresent();
        assertThatThrownBy(() -> Vaults.commit(open(second).stream("two"), 9, 9))
                .isInstanceOf(DamagedVault.class)
                .hasMessageContaining("records 4 to 4 are lost");
        assertThat(new VaultCheck(open(second), 1).check("one").problems()).isEmpty();
    }

    @Test
    void H18_aLogThatAPromotionTellsOfIsNamedThoughNothingOfItIsLeft() {
        open(second).promote();
        drop(second, "streams/");
        drop(second, "config/");
        Vault vault = open(second);
        assertThat(vault.streams()).containsExactly("one", "two");
        assertThat(new VaultCheck(vault, 1).check("two").problems())
                .singleElement()
                .asString()
                .contains("streams/two/log/", "the log is gone: it had 4 records");
        assertThat(others())
                .extracting(Problem::key)
                .containsExactlyInAnyOrder(
                        "config/sources/a/log/",
                        "config/streams/one/log/",
                        "config/streams/two/log/");
        assertThatThrownBy(() -> Vaults.commit(vault.stream("two"), 0, 0))
                .isInstanceOf(DamagedVault.class);
        assertThatThrownBy(
                        () ->
                                configure(
                                        vault,
                                        LogName.ofConfig("sources", "a"),
                                        Map.of("url", "http://b")))
                .isInstanceOf(DamagedVault.class);
    }

    @Test
    void H18_whatAPromotionTellsOfComesBackFromTheOriginal() {
        open(second).promote();
        drop(second, "streams/two/");
        drop(second, "config/sources/");
        LogName one = LogName.ofStream("one");
        second.delete(ObjectKey.record(one, open(store).head(one).seq()));
        VaultRepair repair = new VaultRepair(open(second), open(store));
        assertThat(repair.mend(repair.plan())).isEmpty();
        assertThat(repair.unread()).isEmpty();
        for (String stream : open(second).streams()) {
            assertThat(new VaultCheck(open(second), 1).check(stream).problems()).isEmpty();
        }
        assertThat(open(second).head(TWO)).isEqualTo(open(store).head(TWO));
        assertThat(open(second).head(one)).isEqualTo(open(store).head(one));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "junk", "{\"format\":1}", "[1]"})
    void H18_aMarkThatCannotBeReadIsDamageAndNothingIsAppended(String text) {
        open(second).promote();
        for (String mark : List.of("replica.json", "promoted.json")) {
            byte[] right = second.read(mark, 1 << 16).orElseThrow();
            write(mark, text);
            assertThat(others()).extracting(Problem::key).containsExactly(mark);
            assertThat(new VaultCheck(open(second), 1).check("one").chunks()).isEqualTo(4);
            assertThatThrownBy(() -> Vaults.commit(open(second).stream("one"), 9, 9))
                    .isInstanceOf(DamagedVault.class)
                    .hasMessageContaining(mark);
            second.delete(mark);
            second.create(mark, right);
            assertThat(others()).isEmpty();
        }
    }

    @Test
    void H18_aPromotionWithoutItsHeadsOrOfAnotherVaultIsDamage() {
        byte[] vault = second.read("vault.json", 1 << 16).orElseThrow();
        second.create("promoted.json", vault);
        assertThat(others()).singleElement().asString().contains("heads");
        String other = "{\"format\":1,\"vault\":\"%032x\",\"heads\":{}}".formatted(1);
        write("promoted.json", other);
        assertThat(others()).singleElement().asString().contains("it is of the vault 0000");
        second.delete("promoted.json");
        open(second).promote();
        assertThat(others()).isEmpty();
    }

    @Test
    void H16_aMarkOfALaterVersionIsNoDamageAndNothingIsAppended() {
        write("promoted.json", "{\"format\":2}");
        assertThat(others()).singleElement().matches(Problem::isOdd);
        assertThatThrownBy(() -> Vaults.commit(open(second).stream("one"), 9, 9))
                .isInstanceOf(UnsupportedVault.class)
                .hasMessageContaining("promoted.json has format 2");
    }

    @Test
    void H18_aPromotionOfWhatIsNoCopyIsDamage() {
        open(second).promote();
        second.delete("replica.json");
        assertThat(others())
                .singleElement()
                .asString()
                .contains("promoted.json", "there is no replica.json");
        assertThatThrownBy(() -> Vaults.commit(open(second).stream("one"), 9, 9))
                .isInstanceOf(DamagedVault.class);
        second.create("replica.json", second.read("vault.json", 1 << 16).orElseThrow());
        assertThat(others()).isEmpty();
        Vaults.commit(open(second).stream("one"), 9, 9);
    }

    @Test
    void H18_aRegisteredStreamOfWhichNothingIsHereIsToldAndAlarmsAfterADay() {
        drop(store, "streams/");
        assertThat(new VaultCheck(daysLater(store, 1), 1).checkOthers().absent())
                .containsExactly(
                        new Absent("one", Vaults.NOW, false), new Absent("two", Vaults.NOW, false));
        assertThat(new VaultCheck(daysLater(store, 2), 1).checkOthers().absent())
                .containsExactly(
                        new Absent("one", Vaults.NOW, true), new Absent("two", Vaults.NOW, true));
    }

    @Test
    void H18_aSourceIsLostOfWhichAStreamReads() {
        drop(store, "config/sources/");
        assertThat(new VaultCheck(open(store), 1).checkOthers().problems())
                .extracting(Problem::key)
                .contains("config/sources/a/log/");
    }

    @Test
    void H18_streamsWithoutAnyConfigurationAreNamed() {
        drop(store, "config/");
        assertThat(new VaultCheck(open(store), 1).checkOthers().unregistered())
                .containsExactly("one", "two");
    }

    @Test
    void onlyACopyCanBeLookedAtAsOne() {
        assertThatThrownBy(() -> new VaultCheck(open(store), 0).promotable())
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("is no copy");
    }
}
