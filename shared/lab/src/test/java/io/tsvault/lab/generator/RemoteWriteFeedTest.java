package io.tsvault.lab.generator;

import static io.tsvault.lab.generator.CheckValuesTest.START;
import static io.tsvault.lab.generator.CheckValuesTest.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;

class RemoteWriteFeedTest {
    @Test
    void aServerThatRefusesWhatIsAnHourOldGetsEverySampleBitForBit() throws Exception {
        Schedule schedule = new Schedule(START, Duration.ofMinutes(20), Duration.ofHours(5));
        isRebuilt(new Fleet(Recipe.PUBLIC_2, 43, 10, schedule));
    }

    @Test
    @Tag("slow")
    void theSameAtFifteenSecondsWhereAnHourHoldsMoreThanOnePieceOfSomeSeries() throws Exception {
        isRebuilt(fleet(Recipe.PUBLIC_2, 10, Duration.ofHours(3)));
    }

    @Test
    void aBaseMayHaveAPathAndATrailingSlash() throws Exception {
        Fleet fleet = fleet(Recipe.PUBLIC_1, 1, Duration.ofSeconds(15));
        try (InOrderReceiver receiver = new InOrderReceiver()) {
            new RemoteWriteFeed(receiver.base().resolve("/prometheus/")).send(fleet);
            assertThat(receiver.paths()).containsExactly("/prometheus/api/v1/write");
        }
    }

    @Test
    void aRefusalIsToldWithItsStatusAndBody() throws Exception {
        Fleet fleet = fleet(Recipe.PUBLIC_1, 1, Duration.ofSeconds(15));
        try (InOrderReceiver receiver = new InOrderReceiver()) {
            receiver.refuseWith(429, "slow down\n");
            assertThatThrownBy(() -> new RemoteWriteFeed(receiver.base()).send(fleet))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(receiver.base() + "/api/v1/write answered 429")
                    .hasMessageEndingWith("request 1: slow down");
        }
    }

    private static void isRebuilt(Fleet fleet) throws Exception {
        try (InOrderReceiver receiver = new InOrderReceiver()) {
            RemoteWriteFeed.Sent sent = new RemoteWriteFeed(receiver.base()).send(fleet);
            Digest expected = Digest.of(fleet.series());
            assertThat(receiver.complaints()).isEmpty();
            assertThat(Digest.of(receiver.series().stream())).isEqualTo(expected);
            assertThat(sent.samples()).isEqualTo(expected.samples());
            assertThat(sent.requests()).isEqualTo(receiver.paths().size());
            assertThat(sent.bytes()).isEqualTo(receiver.bytes());
            assertThat(sent.samples() / sent.requests()).isBetween(5_000L, 10_000L);
        }
    }
}
