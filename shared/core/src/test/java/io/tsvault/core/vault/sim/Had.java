package io.tsvault.core.vault.sim;

import io.tsvault.core.series.Labels;
import io.tsvault.core.vault.sim.Hours.Place;

import java.util.HashMap;
import java.util.Map;

/// What a target has before anything is restored into it.
enum Had {
    NOTHING,
    /// Part of the first hour as the backup has it, and a foreign series.
    EQUAL,
    /// Other values of one series in two hours, and a foreign series.
    OTHER,
    /// Nothing; and there is a sample that it will never take.
    POISON;

    static final Labels FOREIGN = Labels.of("__name__", "up", "job", "a", "zone", "far");
    private static final long OTHER_BITS = Double.doubleToRawLongBits(0.5);

    Map<Place, Long> samples() {
        Map<Place, Long> samples = new HashMap<>();
        switch (this) {
            case NOTHING, POISON -> {}
            case EQUAL -> {
                Hours.samples(0, true).forEach((place, bits) -> keep(samples, place, bits));
                samples.put(new Place(FOREIGN, Hours.hour(0).startMs()), 1L);
            }
            case OTHER -> {
                Hours.samples(1, true).forEach((place, _) -> keep(samples, place, OTHER_BITS));
                Hours.samples(2, true).forEach((place, _) -> keep(samples, place, OTHER_BITS));
                Hours.samples(1, true)
                        .forEach((place, _) -> samples.put(new Place(FOREIGN, place.ms()), 1L));
            }
        }
        return samples;
    }

    private static void keep(Map<Place, Long> samples, Place place, long bits) {
        if (place.labels().equals(Hours.SERIES.getFirst())) {
            samples.put(place, bits);
        }
    }

    boolean isPoison(Place place) {
        return this == POISON
                && place.labels().equals(Hours.SERIES.get(1))
                && place.ms() == Hours.hour(1).startMs() + 1;
    }
}
