package io.tsvault.core.vault.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.store.MemoryStore;
import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.store.Passage;
import io.tsvault.core.vault.Deposit;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.StreamState.Status;
import io.tsvault.core.vault.Surroundings;
import io.tsvault.core.vault.Vault;
import io.tsvault.core.vault.VaultCheck;
import io.tsvault.core.vault.VaultCheck.Problem;
import io.tsvault.core.vault.Vaults;
import io.tsvault.core.vault.record.Event.Attempt;
import io.tsvault.core.vault.record.Event.Attempt.Outlook;
import io.tsvault.core.vault.record.Event.Empty;
import io.tsvault.core.vault.record.Event.Gap;
import io.tsvault.core.vault.record.Event.Pin;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

class RetentionTest {
    private static final int SLICES = 40;
    private static final Instant LATER = Vaults.NOW.plus(Duration.ofDays(30));

    private final MemoryStore store = new MemoryStore();
    private final StreamLog log = Vault.init(store, Vaults.surroundings(1)).stream("prod");

    /// Slices 0 to 39 have samples, 40 is empty.
    @BeforeEach
    void fill() {
        for (int i = 0; i < SLICES; i++) {
            Vaults.commit(log, i, i);
        }
        log.append(_ -> Optional.of(new Empty(Vaults.slice(SLICES), Vaults.CAPTURE)));
    }

    private static Retention last(int number) {
        return new Retention(Optional.empty(), number);
    }

    private static Retention within(Duration time, int last) {
        return new Retention(Optional.of(time), last);
    }

    private static TimeRange range(long first, long last) {
        return new TimeRange(Vaults.slice(first).startMs(), Vaults.slice(last).endMs());
    }

    @Test
    void theNewestWithSamplesAreKept() {
        Expiry expiry = last(37).plan(log.state(), LATER);
        assertThat(expiry.ranges()).containsExactly(range(0, 2));
        assertThat(expiry.slices()).isEqualTo(3);
        assertThat(expiry.doubts()).isEmpty();
        assertThat(last(SLICES).plan(log.state(), LATER).ranges()).isEmpty();
        assertThat(last(1000).plan(log.state(), LATER).ranges()).isEmpty();
    }

    @Test
    void whatIsYoungIsKept() {
        Instant now = Instant.ofEpochMilli(Vaults.slice(3).endMs()).plus(Duration.ofHours(6));
        Expiry expiry = within(Duration.ofHours(6), 0).plan(log.state(), now);
        assertThat(expiry.ranges()).containsExactly(range(0, 3));
        assertThat(within(Duration.ofHours(6), 39).plan(log.state(), now).ranges())
                .containsExactly(range(0, 0));
    }

    @Test
    void oldSamplesThatCameYesterdayAreYoung() {
        Vaults.commit(log, -5000, 1);
        Instant now = Vaults.NOW.plus(Duration.ofHours(1));
        assertThat(within(Duration.ofHours(2), 0).plan(log.state(), now).ranges()).isEmpty();
    }

    @Test
    void H20_muchAtOnceIsDoubtful() {
        assertThat(last(36).plan(log.state(), LATER).doubts()).isEmpty();
        assertThat(last(35).plan(log.state(), LATER).doubts())
                .containsExactly("12 % of the stored bytes would go");
    }

    @Test
    void H20_theNewestAreDoubtful() {
        assertThat(within(Duration.ofHours(1), 0).plan(log.state(), LATER).doubts())
                .containsExactly(
                        "100 % of the stored bytes would go",
                        "some of the 3 newest slices with samples would go");
        assertThat(last(3).plan(log.state(), LATER).doubts()).hasSize(1);
        assertThat(last(2).plan(log.state(), LATER).doubts()).hasSize(2);
    }

    @Test
    void H20_nobodyDoubtfulGoesUnlessSomebodyInsists() {
        Expiry doubtful = Expiry.expire(log, last(2), LATER, false);
        assertThat(doubtful.goes(false)).isFalse();
        assertThat(doubtful.doubts()).anyMatch(doubt -> doubt.contains("newest"));
        assertThat(log.head().seq()).isEqualTo(SLICES + 2);
        assertThat(Expiry.expire(log, last(2), LATER, true).goes(true)).isTrue();
        assertThat(log.state().slices().stream().filter(s -> s.status() == Status.EXPIRED))
                .hasSize(38);
    }

    @Test
    void whatAnotherHoldsMeanwhileIsNotSaidToHaveGone() {
        StreamLog other = Vault.open(store, Vaults.surroundings(2)).stream("prod");
        other.append(_ -> Optional.of(new Pin("court", TimeRange.ALL, "hold")));

        Expiry expiry = Expiry.expire(log, last(37), LATER, false);
        assertThat(expiry.goes(false)).isFalse();
        assertThat(expiry.slices()).isZero();
        assertThat(expiry.pinned()).hasSize(3);
    }

    @Test
    void whatIsPinnedStays() {
        log.append(_ -> Optional.of(new Pin("court", Vaults.slice(1), "hold")));
        Expiry expiry = last(37).plan(log.state(), LATER);
        assertThat(expiry.ranges()).containsExactly(range(0, 0), range(2, 2));
        assertThat(expiry.pinned()).containsExactly(Vaults.slice(1));
        Expiry.expire(log, last(37), LATER, false);
        assertThat(log.state().slice(Vaults.slice(1)).orElseThrow().status())
                .isEqualTo(Status.COMMITTED);
    }

    @Test
    void whatExpiredDoesNotExpireAgain() {
        Expiry.expire(log, last(37), LATER, false);
        assertThat(Expiry.expire(log, last(37), LATER, false).goes(false)).isFalse();
        assertThat(last(37).plan(log.state(), LATER).slices()).isZero();
    }

    @Test
    void aRuleKeepsSomething() {
        assertThatThrownBy(() -> last(0)).hasMessageContaining("nothing would be kept");
        assertThatThrownBy(() -> within(Duration.ofDays(-1), 1)).hasMessageContaining("negative");
        assertThatThrownBy(() -> within(Duration.ofDays(1), -1)).hasMessageContaining("negative");
        assertThat(within(Duration.ofDays(2), 3)).hasToString("keep within PT48H, last 3");
        assertThat(last(3)).hasToString("keep last 3");
    }

    @Test
    void garbageIsSweptAndNothingElse() {
        Expiry.expire(log, last(37), LATER, false);
        log.deposit(Vaults.slice(50)).add(Vaults.chunk(Vaults.slice(50), 1));
        store.create("streams/prod/chunks/notes.txt", new byte[1]);
        Collector collector = new Collector(log, Duration.ZERO, Instant.now().plusSeconds(60));
        Collector.Sweep sweep = collector.plan();
        assertThat(sweep.garbage()).hasSize(4);
        assertThat(sweep.doubts())
                .singleElement()
                .asString()
                .contains("slices that nothing has settled have 1 of the objects");
        assertThat(collector.sweep(sweep).objects()).isEqualTo(4);
        assertThat(store.list("streams/prod/chunks/", "", 99)).hasSize(37 + 1);
        assertThat(log.state().unfinishedSweeps()).isEmpty();
        assertThat(log.state().isDead(sweep.garbage().getFirst().key())).isTrue();
        assertThat(collector.plan().garbage()).isEmpty();
    }

    @Test
    void ofTwoWhoSweepAtOnceEachCountsWhatItDeleted() {
        Expiry.expire(log, last(37), LATER, false);
        List<Collector> both = new ArrayList<>();
        List<Collector.Sweep> plans = new ArrayList<>();
        for (long seed = 2; seed < 4; seed++) {
            StreamLog own = Vault.open(store, Vaults.surroundings(seed)).stream("prod");
            Collector collector = new Collector(own, Duration.ZERO, Instant.now().plusSeconds(60));
            both.add(collector);
            plans.add(collector.plan());
        }
        assertThat(plans.getLast().garbage()).hasSize(3);
        assertThat(both.getFirst().sweep(plans.getFirst()).objects()).isEqualTo(3);
        long head = Vault.open(store, Vaults.surroundings(4)).stream("prod").head().seq();
        assertThat(both.getLast().sweep(plans.getLast()).objects()).isZero();
        assertThat(Vault.open(store, Vaults.surroundings(4)).stream("prod").head().seq())
                .isEqualTo(head);
    }

    @Test
    void whatCameBackOfASweepIsSweptAgain() {
        Expiry.expire(log, last(37), LATER, false);
        Collector collector = new Collector(log, Duration.ZERO, Instant.now().plusSeconds(60));
        Collector.Sweep sweep = collector.plan();
        String late = sweep.garbage().getFirst().key();
        byte[] bytes = store.read(late, 0, 1 << 20).orElseThrow();
        collector.sweep(sweep);
        store.create(late, bytes);
        assertThat(collector.sweep(collector.plan()).objects()).isEqualTo(1);
        assertThat(store.read(late, 0, 1)).isEmpty();
    }

    /// Captured now, kept some hours later.
    private void overtake(long slice, long hours) {
        Clock late = Clock.fixed(Instant.now().plus(Duration.ofHours(hours)), ZoneOffset.UTC);
        Surroundings still = Vaults.surroundings(slice);
        Surroundings around =
                new Surroundings(
                        late, still.random(), still.pause(), still.parallel(), still.writer());
        Vaults.commit(Vault.open(store, around).stream("prod"), slice, 1);
    }

    private List<String> doubts() {
        return new Collector(log, Duration.ZERO, Instant.now().plusSeconds(60)).plan().doubts();
    }

    @ParameterizedTest
    @CsvSource({"1, 5, false", "2, 0, false", "2, 5, true", "3, 5, true"})
    void H18_chunksOfSlicesThatWereKeptAnewLongAfterAreADoubt(
            int slices, long hours, boolean doubtful) {
        for (int i = 0; i < slices; i++) {
            log.deposit(Vaults.slice(50 + i)).add(Vaults.chunk(Vaults.slice(50 + i), i));
        }
        for (int i = 0; i < slices; i++) {
            overtake(50 + i, hours);
        }
        assertThat(doubts()).hasSize(doubtful ? 1 : 0);
        assertThat(doubts())
                .allMatch(doubt -> doubt.startsWith(slices + " slices were captured, and kept"));
    }

    @Test
    void H18_chunksOfSlicesThatAreGapsNowAreADoubt() {
        for (int i = 50; i < 52; i++) {
            TimeRange slice = Vaults.slice(i);
            log.deposit(slice).add(Vaults.chunk(slice, i));
            log.append(_ -> Optional.of(new Gap(slice, "the source does not go back so far")));
        }
        assertThat(doubts()).singleElement().asString().contains("2 slices were captured");
    }

    @Test
    void oneSliceBehindAnotherMayBeCapturedAndHasNoRecord() {
        assertThat(log.objects().capturedBehind()).isZero();
        for (int i = 1; i <= 3; i++) {
            log.deposit(Vaults.slice(50 + i)).add(Vaults.chunk(Vaults.slice(50 + i), i));
            assertThat(log.objects().capturedBehind()).isEqualTo(i);
        }
        Vaults.commit(Vault.open(store, Vaults.surroundings(9)).stream("prod"), 51, 51);
        assertThat(log.objects().capturedBehind()).isEqualTo(2);
    }

    @Test
    void chunksOfTriesThatFailedAreNoSignOfLossAndLaterOnesAre() {
        Surroundings surroundings = Vaults.surroundings(1);
        Instant written = surroundings.clock().instant();
        AtomicReference<Instant> now = new AtomicReference<>(written.minusSeconds(60));
        InstantSource clock = now::get;
        ObjectStore dated = new MemoryStore(clock.withZone(ZoneOffset.UTC));
        StreamLog tried = Vault.init(dated, surroundings).stream("prod");
        for (int i = 1; i <= 3; i++) {
            TimeRange slice = Vaults.slice(50 + i);
            tried.deposit(slice).add(Vaults.chunk(slice, i));
            tried.append(_ -> Optional.of(new Attempt(slice, "9 of 10", Outlook.UNSOUND)));
        }
        assertThat(tried.objects().capturedBehind()).isZero();
        VaultCheck check = new VaultCheck(Vault.open(dated, surroundings), 1);
        assertThat(check.check("prod").isDoubtful()).isFalse();
        now.set(written.plusSeconds(60));
        for (int i = 1; i <= 2; i++) {
            TimeRange slice = Vaults.slice(50 + i);
            tried.deposit(slice).add(Vaults.chunk(slice, 10 + i));
        }
        assertThat(tried.objects().capturedBehind()).isEqualTo(2);
        assertThat(check.check("prod").isDoubtful()).isTrue();
    }

    @Test
    void whatIsYoungIsNotSwept() {
        log.deposit(Vaults.slice(50)).add(Vaults.chunk(Vaults.slice(50), 1));
        Collector collector = new Collector(log, Duration.ofDays(1), Instant.now());
        assertThat(collector.plan().garbage()).isEmpty();
    }

    @Test
    void aSweepThatWasCutOffIsFinished() {
        log.deposit(Vaults.slice(50)).add(Vaults.chunk(Vaults.slice(50), 1));
        StreamLog other = Vault.open(store, Vaults.surroundings(2)).stream("prod");
        Collector collector = new Collector(log, Duration.ZERO, Instant.now().plusSeconds(60));
        List<String> keys =
                collector.plan().garbage().stream().map(object -> object.key()).toList();
        other.append(_ -> Optional.of(new io.tsvault.core.vault.record.Event.SweepPlan(keys)));
        Collector.Sweep sweep = collector.plan();
        assertThat(sweep.unfinished()).isEqualTo(keys);
        collector.sweep(sweep);
        assertThat(store.read(keys.getFirst(), 0, 1)).isEmpty();
        assertThat(log.state().unfinishedSweeps()).isEmpty();
    }

    @Test
    void O18_whatIsLockedStaysAndKeepsNoOtherFromGoing() {
        Expiry.expire(log, last(37), LATER, false);
        String lock = store.list("streams/prod/chunks/", "", 1).getFirst().key();
        Passage locked =
                new Passage(store) {
                    @Override
                    public void delete(String key) {
                        if (key.equals(lock)) {
                            throw new Permanent(key + " is locked");
                        }
                        super.delete(key);
                    }
                };
        Collector.Swept swept = sweepAll(locked);
        assertThat(swept.objects()).isEqualTo(2);
        assertThat(swept.kept()).containsExactly(new Problem(lock, lock + " is locked"));
        log.refresh();
        assertThat(log.state().unfinishedSweeps()).hasSize(1);
        long head = log.head().seq();
        assertThat(sweepAll(locked).kept()).hasSize(1);
        log.refresh();
        assertThat(log.head().seq()).isEqualTo(head);
        assertThat(sweepAll(store).kept()).isEmpty();
        log.refresh();
        assertThat(log.state().unfinishedSweeps()).isEmpty();
        assertThat(store.read(lock, 0, 1)).isEmpty();
    }

    private static Collector.Swept sweepAll(ObjectStore store) {
        StreamLog log = Vault.open(store, Vaults.surroundings(2)).stream("prod");
        Collector collector = new Collector(log, Duration.ZERO, Instant.now().plusSeconds(60));
        return collector.sweep(collector.plan());
    }

    @Test
    void O27_aWrongTimeOfAnObjectCostsWorkAndNoSample() {
        Deposit young = log.deposit(Vaults.slice(50));
        young.add(Vaults.chunk(Vaults.slice(50), 1));
        Instant wrong = Instant.now().plus(Duration.ofDays(3650));
        Collector collector = new Collector(log, Duration.ofDays(1), wrong);
        assertThat(collector.sweep(collector.plan()).objects()).isEqualTo(1);
        assertThat(young.commit(true, List.of(), Vaults.CAPTURE)).isEqualTo(Deposit.Outcome.SWEPT);
        Vaults.commit(log, 50, 1);
        assertThat(collector.plan().garbage()).isEmpty();
        assertThat(log.state().liveChunks()).hasSize(SLICES + 1);
    }

    @Test
    void pagesThatWereReplacedAreGarbage() {
        for (int i = 100; i < 300; i++) {
            Vaults.commit(log, i, i);
        }
        Collector collector = new Collector(log, Duration.ZERO, Instant.now().plusSeconds(60));
        assertThat(collector.plan().garbage())
                .isNotEmpty()
                .allMatch(object -> object.key().startsWith("streams/prod/pages/"));
        collector.sweep(collector.plan());
        assertThat(Vault.open(store, Vaults.surroundings(2)).stream("prod").head())
                .isEqualTo(log.head());
    }
}
