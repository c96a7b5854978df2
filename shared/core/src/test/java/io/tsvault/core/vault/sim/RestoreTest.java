package io.tsvault.core.vault.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// The restorer of production, into a target that crashes, drops, forgets and answers late.
@Tag("slow")
class RestoreTest {
    private static final int SEEDS = 400;

    private static void play(long from, long runs) {
        LongStream.range(from, from + runs)
                .parallel()
                .forEach(
                        seed ->
                                Restores.ALL
                                        .get((int) (seed % Restores.ALL.size()))
                                        .run(new Chance(seed)));
    }

    @Test
    void T08_whatIsBackedUpIsRestoredWhateverItsTargetDoes() {
        play(1, 5_000);
    }

    @Test
    @Tag("campaign")
    void T08_whatIsBackedUpIsRestoredInALongCampaign() {
        play(1_000_000, 500_000);
    }
}
