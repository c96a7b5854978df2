package io.tsvault.cli;

import io.tsvault.lab.Lab;
import io.tsvault.lab.Server;
import io.tsvault.lab.Unavailable;
import io.tsvault.lab.twin.Generation;
import io.tsvault.lab.twin.Twin;
import io.tsvault.lab.twin.TwinOptions;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;

/// A Prometheus for the demo: a real one, or, where none can be had, the one in this process.
final class DemoServer implements AutoCloseable {
    private static final Duration LATE = Duration.ofDays(1);

    private final URI uri;
    private final String name;
    private final Runnable end;
    private boolean ended;

    private DemoServer(URI uri, String name, Runnable end) {
        this.uri = uri;
        this.name = name;
        this.end = end;
    }

    /// One that scrapes itself, and also takes history.
    static DemoServer scraping() throws IOException {
        int port = freePort();
        String config =
                """
                global: {scrape_interval: 1s, external_labels: {cluster: demo}}
                storage: {tsdb: {out_of_order_time_window: 1d}}
                scrape_configs: [{job_name: itself, static_configs: [{targets: ['127.0.0.1:%d']}]}]
                """
                        .formatted(port);
        try {
            return of(Lab.prometheus().port(port).config(config).start());
        } catch (Unavailable e) {
            return twin(TwinOptions.of(Generation.V3_5).outOfOrder(LATE), e);
        }
    }

    /// One that has nothing, and takes only what is in order.
    static DemoServer empty() {
        try {
            return of(Lab.prometheus().start());
        } catch (Unavailable e) {
            return twin(TwinOptions.of(Generation.V3_5), e);
        }
    }

    private static DemoServer of(Server server) {
        return new DemoServer(server.uri(), server.toString(), server::close);
    }

    private static DemoServer twin(TwinOptions options, Unavailable reason) {
        Twin twin = Twin.of(options);
        return new DemoServer(
                twin.uri(),
                "a stand-in inside this process, as no Prometheus can be had (%s),"
                        .formatted(reason.reason()),
                twin::close);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    URI uri() {
        return uri;
    }

    /// Ends it at once, by a kill, and its data with it.
    void destroy() {
        if (!ended) {
            ended = true;
            end.run();
        }
    }

    @Override
    public void close() {
        destroy();
    }

    @Override
    public String toString() {
        return name;
    }
}
