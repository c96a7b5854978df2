package io.tsvault.cli;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.json.Json;
import io.tsvault.core.json.MalformedJson;
import io.tsvault.core.vault.key.JobFile;
import io.tsvault.core.vault.key.JobFile.Document;
import io.tsvault.core.vault.key.JobFile.Kept;
import io.tsvault.core.vault.key.JobFile.Page;
import io.tsvault.core.vault.key.JobFile.Progress;
import io.tsvault.core.vault.key.JobFile.Report;
import io.tsvault.core.vault.key.ObjectKey.OfJob;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/// Looks at a file of a restore, and holds it against the record that names its hash, if one does.
final class JobFileInspection {
    private JobFileInspection() {}

    /// @throws DamagedVault when it cannot be read as what it is
    static Inspection of(VaultObject object, OfJob place, byte[] bytes) {
        Inspection seen =
                Inspection.of(object.key(), bytes)
                        .line("restore", place.job().id())
                        .line("tells", meaning(place.file()));
        return switch (place.file()) {
            case Document _, Report _ -> proven(content(seen, bytes), object, place);
            case Progress _ -> content(seen, bytes);
            case Page _ -> seen;
            case Kept _ -> lines(seen, bytes);
        };
    }

    private static String meaning(JobFile file) {
        return switch (file) {
            case Document document ->
                    switch (document) {
                        case MANIFEST -> "what was asked for";
                        case PLAN -> "what it will do";
                    };
            case Report report -> "what came of it, report %d".formatted(report.number());
            case Page page -> "report %d for people".formatted(page.number());
            case Progress progress ->
                    "how far partition %d had come".formatted(progress.partition());
            case Kept kept ->
                    switch (kept.kind()) {
                        case CONFLICTS -> "samples of which the target has another value";
                        case MISSING -> "what is not in the target";
                        case REFUSED -> "samples that the target will never take";
                        case REPLACED -> "what the target had where it was overwritten";
                    };
        };
    }

    private static Inspection content(Inspection seen, byte[] bytes) {
        try {
            Json content = Json.parse(bytes, "it");
            return seen.line("content", Json.toString(content)).member("content", content);
        } catch (MalformedJson e) {
            throw new DamagedVault(seen.key(), "it cannot be read: " + e.getMessage());
        }
    }

    private static Inspection lines(Inspection seen, byte[] bytes) {
        try (InputStream zip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            long lines = 0;
            for (int next = zip.read(); next >= 0; next = zip.read()) {
                lines += next == '\n' ? 1 : 0;
            }
            return seen.line("lines", "%,d".formatted(lines)).member("lines", Json.of(lines));
        } catch (IOException e) {
            throw new DamagedVault(seen.key(), "it cannot be read: " + e.getMessage());
        }
    }

    private static Inspection proven(Inspection seen, VaultObject object, OfJob place) {
        List<String> hashes =
                object.vault().history(place.job()).stream()
                        .flatMap(entry -> place.file().promised(entry.event()).stream())
                        .toList();
        if (hashes.isEmpty()) {
            return seen.line("record", "none names it: a run was cut off before it could");
        }
        return hashes.contains(seen.sha256())
                ? seen.line("record", "a record of the restore names this SHA-256")
                : seen.wrong(Optional.of("its record names another SHA-256: it was changed"));
    }
}
