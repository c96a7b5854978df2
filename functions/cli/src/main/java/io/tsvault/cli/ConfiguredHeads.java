package io.tsvault.cli;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.json.Json;
import io.tsvault.core.vault.Vault;
import io.tsvault.core.vault.VaultCheck.Problem;
import io.tsvault.core.vault.record.Head;
import io.tsvault.core.vault.record.LogName;
import io.tsvault.core.vault.record.UnsupportedVault;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The heads of what is configured, to write down: who forges the newest record of such a log sends
/// backups elsewhere. A log that cannot be read hides no other.
record ConfiguredHeads(Map<LogName, Head> heads, Damage unread) {
    static ConfiguredHeads of(Vault vault) {
        Map<LogName, Head> heads = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        for (LogName name : vault.configurations()) {
            try {
                heads.put(name, vault.head(name));
            } catch (DamagedVault | UnsupportedVault e) {
                problems.add(Problem.of(name, e));
            }
        }
        return new ConfiguredHeads(heads, new Damage(problems));
    }

    String text() {
        StringBuilder text = new StringBuilder();
        if (!heads.isEmpty()) {
            text.append("\nconfigured\n");
        }
        heads.forEach((name, head) -> text.append("  " + line(name, head) + "\n"));
        return text + (unread.isEmpty() ? "" : unread.text("damaged: ") + Failure.REMEDY + "\n");
    }

    private static String line(LogName name, Head head) {
        return "%s  head %d %s".formatted(name, head.seq(), head.sha256());
    }

    Json json() {
        List<Json> all = new ArrayList<>();
        heads.forEach(
                (name, head) ->
                        all.add(
                                Json.object()
                                        .with("log", name.path())
                                        .with("seq", head.seq())
                                        .with("head", head.sha256())));
        return Json.of(all);
    }
}
