package io.tsvault.prometheus;

import io.tsvault.core.source.Source;
import io.tsvault.core.source.SourceContract;
import io.tsvault.core.source.Way;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

import java.net.URI;
import java.util.List;

/// The contract of sources on one server, which is started and filled once.
@TestInstance(Lifecycle.PER_CLASS)
abstract class ServerContract extends SourceContract {
    private AutoCloseable server = () -> {};
    private Source source = new PrometheusSource(Filled.http(URI.create("http://localhost:9")));

    /// Starts the server.
    protected abstract AutoCloseable start();

    protected abstract URI uri(AutoCloseable started);

    @BeforeAll
    void fill() {
        server = start();
        Filled.with(uri(server), written());
        settle(uri(server));
        source = new PrometheusSource(Filled.http(uri(server)));
    }

    /// Lets it show what it was given.
    protected void settle(URI uri) {}

    @AfterAll
    void close() throws Exception {
        source.close();
        server.close();
    }

    @Override
    protected final Source source() {
        return source;
    }

    @Override
    protected List<Way> ways() {
        return List.of(Way.RAW, Way.QUERY_RANGE);
    }
}
