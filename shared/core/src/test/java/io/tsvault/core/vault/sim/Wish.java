package io.tsvault.core.vault.sim;

import io.tsvault.core.manifest.Manifest;
import io.tsvault.core.vault.sim.Hours.Place;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// What a restore is asked for, and what should come of it, by rules of its own.
///
/// @param overlap as a manifest has it
/// @param asOf as the backup was before it was amended?
/// @param target as the manifest names it; there is but one
/// @param runId makes another job of the same wish
record Wish(String overlap, boolean asOf, String target, String runId) {
    static final Wish SKIP = new Wish("skip", false, "dr", "one");

    Wish overlap(String other) {
        return new Wish(other, asOf, target, runId);
    }

    Wish asItWas() {
        return new Wish(overlap, true, target, runId);
    }

    Wish into(String other) {
        return new Wish(overlap, asOf, other, runId);
    }

    Wish again(String other) {
        return new Wish(overlap, asOf, target, other);
    }

    boolean overwrites() {
        return overlap.equals("overwrite");
    }

    String jobId() {
        return manifest().jobId(Restoring.TENANT);
    }

    Manifest manifest() {
        Instant end = Instant.ofEpochMilli(Hours.hour(Hours.COUNT - 1).endMs());
        String json =
                """
                {"tsvaultManifest": 1, "stream": "prod", "target": "%s", "to": "%s",
                 "overlap": "%s", "runId": "%s"%s%s}
                """
                        .formatted(
                                target,
                                end,
                                overlap,
                                runId,
                                asOf ? ", \"asOf\": \"" + Hours.BEFORE_AMENDED + "\"" : "",
                                overwrites() ? ", \"confirm\": \"" + target + "\"" : "");
        return Manifest.read(json.getBytes(StandardCharsets.UTF_8));
    }

    /// What should be in the target: all that is not expired by now.
    Map<Place, Long> expected(World world) {
        Ledger ledger = world.main().disk().audit().ledger();
        Map<Place, Long> expected = new HashMap<>();
        for (int number = 0; number < Hours.COUNT; number++) {
            if (!ledger.isExpired(Hours.hour(number))) {
                expected.putAll(Hours.samples(number, !asOf));
            }
        }
        return expected;
    }
}
