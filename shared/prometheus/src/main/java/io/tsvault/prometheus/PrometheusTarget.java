package io.tsvault.prometheus;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.series.Metadata;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Abilities;
import io.tsvault.core.source.Mode;
import io.tsvault.core.source.Source;
import io.tsvault.core.source.Way;
import io.tsvault.core.target.Outcome;
import io.tsvault.core.target.Standing;
import io.tsvault.core.target.Target;
import io.tsvault.prometheus.PrometheusSource.External;
import io.tsvault.prometheus.http.Call;
import io.tsvault.prometheus.http.Form;
import io.tsvault.prometheus.http.Http;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// A server that takes remote write: Prometheus itself, VictoriaMetrics, and what speaks like them.
public final class PrometheusTarget implements Target {
    private final Supplier<Http> connect;
    private final Http http;
    private final Api api;
    private final Abilities abilities;
    private final Profile profile;
    private final RemoteWrite write;

    private PrometheusTarget(Supplier<Http> connect, Http http, Abilities abilities) {
        this.connect = connect;
        this.http = http;
        this.api = new Api(http);
        this.abilities = abilities;
        this.profile = Profile.of(abilities.product());
        this.write = new RemoteWrite(http, profile.path(), profile.keepsRest());
    }

    /// Finds out what it is.
    ///
    /// @param connect makes connections; each is closed by whoever it was made for
    /// @throws Permanent when it takes no remote write
    public static PrometheusTarget open(Supplier<Http> connect) {
        Http http = connect.get();
        try {
            Abilities abilities = new Probe(new Api(http)).run();
            PrometheusTarget target = new PrometheusTarget(connect, http, abilities);
            var _ = target.write.negotiate();
            return target;
        } catch (RuntimeException | Error e) {
            http.close();
            throw e;
        }
    }

    @Override
    public Standing probe() {
        return new TargetProbe(api, profile).run();
    }

    @Override
    public Outcome write(List<Series> batch) {
        return write.write(batch);
    }

    @Override
    public Outcome describe(List<Metadata> metadata) {
        return write.describe(metadata);
    }

    /// As it is stored: with external labels taken off.
    @Override
    public Source readBack() {
        return new PrometheusSource(connect.get(), External.STRIP);
    }

    @Override
    public Optional<Mode> readMode() {
        return abilities.ways().stream()
                .filter(way -> way == Way.REMOTE_READ || way == Way.EXPORT)
                .findFirst()
                .map(Mode::of);
    }

    @Override
    public void delete(Selector selector, TimeRange range) {
        Form form =
                Form.of(
                        "match[]", selector.toString(),
                        "start", Decimal.seconds(range.startMs()),
                        "end", Decimal.seconds(range.endMs() - 1));
        http.send(Call.post("/api/v1/admin/tsdb/delete_series", form)).close();
    }

    @Override
    public void close() {
        http.close();
    }
}
