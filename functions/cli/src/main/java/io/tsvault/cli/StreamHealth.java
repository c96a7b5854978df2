package io.tsvault.cli;

import io.tsvault.core.config.Registry;
import io.tsvault.core.config.Registry.Kind;
import io.tsvault.core.config.StreamConfig;
import io.tsvault.core.config.TimeText;
import io.tsvault.core.export.Freshness;
import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.json.Json;
import io.tsvault.core.vault.StreamState;
import io.tsvault.core.vault.StreamState.Settled;
import io.tsvault.core.vault.StreamState.Trouble;
import io.tsvault.core.vault.Vault;
import io.tsvault.core.vault.record.UnsupportedVault;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// How the backup of a stream keeps up, for people and for machines.
///
/// @param freshness none of a stream of which it is not known that it is registered
/// @param otherwise what is told of one without
/// @param code to exit with
record StreamHealth(
        String stream,
        StreamState state,
        Optional<Freshness> freshness,
        String otherwise,
        int code) {
    private static final String NOT_REGISTERED = "not registered: nobody backs it up";
    private static final String NOT_READ = "not known: how it is registered is damaged, see below";

    /// Where the configuration cannot be read, which is told of that, the rest can be.
    static StreamHealth of(Vault vault, String stream, StreamState state) {
        try {
            return ofReadable(vault, stream, state);
        } catch (DamagedVault | UnsupportedVault e) {
            return new StreamHealth(stream, state, Optional.empty(), NOT_READ, Failure.NOT_WHOLE);
        }
    }

    private static StreamHealth ofReadable(Vault vault, String stream, StreamState state) {
        Registry streams = new Registry(vault, Kind.STREAMS);
        Optional<Map<String, String>> settings = streams.find(stream);
        if (settings.isEmpty()) {
            return new StreamHealth(stream, state, Optional.empty(), NOT_REGISTERED, 0);
        }
        StreamConfig config = StreamConfig.from(settings.get());
        Instant since = streams.since(stream).orElse(Instant.EPOCH);
        Freshness freshness = Freshness.of(state, config, since, Instant.now());
        int code = freshness.needsPerson(config) ? Failure.NOT_WHOLE : 0;
        return new StreamHealth(stream, state, Optional.of(freshness), NOT_REGISTERED, code);
    }

    String text() {
        return """
          state            %s
          last slice       %s
        """
                .formatted(
                        freshness.map(this::text).orElse(otherwise),
                        last().map(one -> Times.text(one.slice().startMs())).orElse("none yet"));
    }

    private String text(Freshness freshness) {
        String lag = "%s behind".formatted(TimeText.of(freshness.lag()));
        return switch (freshness.state()) {
            case FINE -> freshness.lag().isZero() ? "fine" : "fine, %s".formatted(lag);
            case BEHIND -> "%s: does tsvault backup still run?".formatted(lag);
            case FAILING ->
                    "failing%s, %s; %s"
                            .formatted(
                                    why(freshness),
                                    lag,
                                    freshness.isForPerson()
                                            ? "mend that, and the next run goes on"
                                            : "the next run tries again");
            case DOUBTFUL ->
                    ("in doubt%s, %s; the next run tries again, and the third that finds a slice in"
                                    + " doubt halts the stream")
                            .formatted(why(freshness), lag);
            case HALTED ->
                    "halted%s, %s; mend that, then say so: tsvault ack %s --note TEXT"
                            .formatted(whyHalted(freshness), lag, stream);
        };
    }

    /// The slice that halts the stream may not be what failed last.
    private String whyHalted(Freshness freshness) {
        return freshness
                        .trouble()
                        .map(trouble -> " since " + Times.text(trouble.sinceMs()))
                        .orElse("")
                + state.halt().map(halt -> " because " + halt.problem()).orElse("");
    }

    private static String why(Freshness freshness) {
        return freshness
                .trouble()
                .map(
                        trouble ->
                                " since %s because %s"
                                        .formatted(
                                                Times.text(trouble.sinceMs()),
                                                trouble.last().problem()))
                .orElse("");
    }

    /// The newest slice that is settled.
    private Optional<Settled> last() {
        return state.slices().reversed().stream().findFirst();
    }

    Json.Members with(Json.Members json) {
        Json.Members all =
                last().map(one -> json.with("lastSlice", Times.text(one.slice().startMs())))
                        .orElse(json);
        return freshness.map(known -> with(all, known)).orElse(all);
    }

    private static Json.Members with(Json.Members json, Freshness freshness) {
        Json.Members all =
                json.with("state", freshness.state().name().toLowerCase(Locale.ROOT))
                        .with("lagSeconds", freshness.lag().toSeconds());
        if (freshness.trouble().isEmpty()) {
            return all;
        }
        Trouble trouble = freshness.trouble().get();
        return all.with("problem", trouble.last().problem())
                .with("since", Times.text(trouble.sinceMs()))
                .with("lastTold", Times.text(trouble.lastMs()));
    }
}
