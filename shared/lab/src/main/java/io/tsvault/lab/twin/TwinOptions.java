package io.tsvault.lab.twin;

import io.tsvault.core.series.Labels;

import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;

/// How a twin is set up: what would be flags and configuration of a real server.
///
/// @param generation which Prometheus it is
/// @param outOfOrder how far behind the newest sample of the head a sample may be, or zero
/// @param externalLabels what remote read adds to each series
/// @param features what is switched on
/// @param clock the server's clock
public record TwinOptions(
        Generation generation,
        Duration outOfOrder,
        Labels externalLabels,
        Set<Feature> features,
        InstantSource clock) {
    /// What a flag switches on in the real server.
    public enum Feature {
        /// `/api/v1/write` answers.
        RECEIVER,
        /// Remote write 2.0 is accepted beside 1.0. Only [Generation#V3_5] has it, and by default.
        WRITE_2,
        /// Native histograms are stored.
        NATIVE_HISTOGRAMS,
        /// Series can be deleted.
        ADMIN_API
    }

    public TwinOptions {
        if (outOfOrder.isNegative()) {
            throw new IllegalArgumentException(
                    "outOfOrder is " + outOfOrder + "; zero switches it off");
        }
        features = Set.copyOf(features);
        if (features.contains(Feature.WRITE_2) && !generation.isAtLeast(Generation.V3_5)) {
            throw new IllegalArgumentException(
                    "remote write 2.0 came with 2.54; the twin of "
                            + generation.version()
                            + " has none");
        }
    }

    /// In order only, no external labels, the system's clock; a receiver that takes histograms and
    /// every version of remote write that the generation accepts by default.
    public static TwinOptions of(Generation generation) {
        Set<Feature> features = EnumSet.of(Feature.RECEIVER, Feature.NATIVE_HISTOGRAMS);
        if (generation.isAtLeast(Generation.V3_5)) {
            features.add(Feature.WRITE_2);
        }
        return new TwinOptions(
                generation, Duration.ZERO, Labels.NONE, features, InstantSource.system());
    }

    /// With this window for samples out of order.
    public TwinOptions outOfOrder(Duration window) {
        return new TwinOptions(generation, window, externalLabels, features, clock);
    }

    /// With these labels added by remote read.
    public TwinOptions externalLabels(Labels labels) {
        return new TwinOptions(generation, outOfOrder, labels, features, clock);
    }

    /// With this clock.
    public TwinOptions clock(InstantSource source) {
        return new TwinOptions(generation, outOfOrder, externalLabels, features, source);
    }

    /// With this feature on.
    public TwinOptions with(Feature feature) {
        Set<Feature> more = new HashSet<>(features);
        more.add(feature);
        return new TwinOptions(generation, outOfOrder, externalLabels, more, clock);
    }

    /// With this feature off.
    public TwinOptions without(Feature feature) {
        Set<Feature> fewer = new HashSet<>(features);
        fewer.remove(feature);
        return new TwinOptions(generation, outOfOrder, externalLabels, fewer, clock);
    }

    boolean has(Feature feature) {
        return features.contains(feature);
    }
}
