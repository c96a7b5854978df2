package io.tsvault.core.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.series.TimeRange;
import io.tsvault.core.target.MemoryTarget;
import io.tsvault.core.target.Standing;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

class PlanTest {
    private static final TimeRange THREE_DAYS = new TimeRange(0, Duration.ofDays(3).toMillis() - 1);

    private static Plan plan(Duration window, Duration inOrder) {
        Standing.Order order = new Standing.Order(false, window, inOrder);
        return Plan.of(THREE_DAYS, new MemoryTarget().order(order).probe(), List.of());
    }

    private static Duration width(Plan plan) {
        return Duration.ofMillis(plan.widthMs());
    }

    @Test
    void anInOrderTargetHasOnePartitionOfWindowsThatItsHeadReachesBackOver() {
        Plan plan = plan(Duration.ZERO, Duration.ofHours(1));

        assertThat(width(plan)).isEqualTo(Duration.ofHours(1));
        assertThat(plan.partitions()).containsExactly(THREE_DAYS);
        assertThat(width(plan(Duration.ZERO, Duration.ofMinutes(25))))
                .isEqualTo(Duration.ofMinutes(24));
        assertThat(width(plan(Duration.ZERO, Duration.ofHours(9)))).isEqualTo(Duration.ofHours(2));
    }

    @Test
    void T04_aWindowShorterThanTheSpanIsNeverLeft() {
        Plan plan = plan(Duration.ofMinutes(90), Duration.ofHours(1));

        assertThat(width(plan)).isEqualTo(Duration.ofHours(1));
        assertThat(plan.partitions()).hasSize(1);
    }

    @Test
    void aWindowOverTheWholeSpanAllowsForDays() {
        Plan plan = plan(Duration.ofDays(3), Duration.ofHours(1));

        assertThat(width(plan)).isEqualTo(Duration.ofHours(2));
        assertThat(plan.partitions()).hasSize(3);
    }

    @Test
    void anyOrderAllowsForDays() {
        MemoryTarget any = new MemoryTarget().order(Standing.Order.ANY);

        assertThat(Plan.of(THREE_DAYS, any.probe(), List.of()).partitions()).hasSize(3);
    }

    @Test
    void whatIsReadBackIsWhatWasWritten() {
        Plan plan = plan(Duration.ofMinutes(90), Duration.ofHours(1));

        assertThat(Plan.read(plan.toBytes())).isEqualTo(plan);
    }
}
