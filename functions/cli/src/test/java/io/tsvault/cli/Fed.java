package io.tsvault.cli;

import io.tsvault.lab.generator.Fleet;
import io.tsvault.lab.generator.Recipe;
import io.tsvault.lab.generator.RemoteWriteFeed;
import io.tsvault.lab.generator.Schedule;
import io.tsvault.lab.twin.Generation;
import io.tsvault.lab.twin.Twin;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/// A server that was scraped for four hours, which are two slices, and what it was given.
record Fed(Twin server, Fleet fleet) implements AutoCloseable {
    static final String START = "2026-03-01T00:00:00Z";
    static final String END = "2026-03-01T04:00:00Z";

    static Fed twin() throws IOException, InterruptedException {
        return twin(Instant.parse(START));
    }

    static Fed twin(Instant start) throws IOException, InterruptedException {
        Schedule schedule =
                new Schedule(
                        start.plusSeconds(60), Duration.ofMinutes(10), Duration.ofMinutes(230));
        Fed fed = new Fed(Twin.of(Generation.V3_5), new Fleet(Recipe.PUBLIC_1, 1, 1, schedule));
        new RemoteWriteFeed(fed.server.uri()).send(fed.fleet);
        return fed;
    }

    URI uri() {
        return server.uri();
    }

    String url() {
        return uri().toString();
    }

    long samples() {
        return fleet.series().mapToLong(series -> series.samples().size()).sum();
    }

    @Override
    public void close() {
        server.close();
    }
}
