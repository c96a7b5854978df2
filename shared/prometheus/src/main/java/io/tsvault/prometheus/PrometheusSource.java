package io.tsvault.prometheus;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Metadata;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Abilities;
import io.tsvault.core.source.Mode;
import io.tsvault.core.source.Reading;
import io.tsvault.core.source.Source;
import io.tsvault.prometheus.http.Http;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.ObjLongConsumer;

/// A server that speaks the query API of Prometheus: Prometheus itself, VictoriaMetrics, Mimir,
/// Thanos, Cortex, Amazon Managed Service for Prometheus.
public final class PrometheusSource implements Source {
    private final Http http;
    private final Api api;
    private final External external;
    private final Abreast abreast;
    private @Nullable Abilities known;

    /// What becomes of the external labels that remote read adds.
    public enum External {
        /// They belong to the series.
        KEEP,
        /// They say which server it was: the series are as they are there.
        STRIP
    }

    /// One whose external labels are taken off.
    public PrometheusSource(Http http) {
        this(http, External.STRIP);
    }

    /// One that is asked one thing after the other.
    public PrometheusSource(Http http, External external) {
        this(http, external, 1);
    }

    /// @param http closed together with this source
    /// @param parallel how many queries are open at one time, where each metric takes one
    public PrometheusSource(Http http, External external, int parallel) {
        this.http = http;
        this.abreast = new Abreast(parallel);
        this.api = new Api(http);
        this.external = external;
    }

    @Override
    public Abilities probe() {
        Abilities abilities = new Probe(api).run();
        known = abilities;
        return abilities;
    }

    private Abilities known() {
        Abilities abilities = known;
        return abilities == null ? probe() : abilities;
    }

    @Override
    public Reading read(Mode mode, Selector selector, TimeRange range) {
        Source.requireOneWindow(range);
        Capture capture = new Capture(api, selector, range, abreast);
        try {
            return switch (mode.way()) {
                case REMOTE_READ -> remotely(capture, selector, range);
                case EXPORT -> capture.export().reading();
                case RAW -> capture.raw(metrics(selector, range)).reading();
                case QUERY_RANGE -> capture.grid(metrics(selector, range), mode.step()).reading();
            };
        } catch (RuntimeException | Error e) {
            capture.close();
            throw e;
        }
    }

    /// What keeps the labels that the server adds does not come in order.
    private Reading remotely(Capture capture, Selector selector, TimeRange range) {
        ExternalLabels.Treatment treatment =
                switch (external) {
                    case KEEP -> ExternalLabels.Treatment.KEEP;
                    case STRIP -> ExternalLabels.Treatment.STRIP;
                };
        Config config = Config.of(api).orElse(Config.UNKNOWN);
        ExternalLabels added = new ExternalLabels(config.externalLabels(), treatment);
        Reading reading = new RemoteRead(http, added, RemoteRead.USUAL).read(selector, range);
        return added.keepOrder() ? reading : capture.all(reading).reading();
    }

    @Override
    public SortedMap<String, Long> count(Selector selector, TimeRange range) {
        return history().count(selector, range);
    }

    @Override
    public void countSeries(
            String metric, Selector selector, TimeRange range, ObjLongConsumer<Labels> each) {
        history().countSeries(metric, selector, range, each);
    }

    @Override
    public List<String> labels(Selector selector, TimeRange range) {
        return history().labels(selector, range);
    }

    @Override
    public List<String> values(String label, Selector selector, TimeRange range) {
        return history().values(label, selector, range);
    }

    @Override
    public Optional<Instant> oldest(Selector selector) {
        Abilities abilities = probe();
        return abilities.product().equals("prometheus")
                ? history().oldest(selector, abilities.clock())
                : history().oldestByDays(selector, abilities.clock());
    }

    private History history() {
        return new History(api, this::known, abreast);
    }

    @Override
    public List<Metadata> metadata() {
        try {
            return MetadataAnswer.of(api);
        } catch (Permanent _) {
            return List.of(); // it does not tell; what else is wrong shows in every other request
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
