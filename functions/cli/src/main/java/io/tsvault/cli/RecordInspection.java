package io.tsvault.cli;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.json.Json;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.Vault;
import io.tsvault.core.vault.key.ObjectKey.OfRecord;
import io.tsvault.core.vault.record.Entry;
import io.tsvault.core.vault.record.Event.OfSlice;
import io.tsvault.core.vault.record.Head;
import io.tsvault.core.vault.record.LogName;

import java.util.Optional;

/// Looks at a record, and holds it against the whole chain that it is a link of.
final class RecordInspection {
    private RecordInspection() {}

    /// @throws DamagedVault when the bytes are no record
    static Inspection of(VaultObject object, OfRecord place, byte[] bytes) {
        Entry entry = Entry.read(bytes, object.key());
        String written = Times.text(entry.writtenMs());
        Inspection seen =
                Inspection.of(object.key(), bytes)
                        .line("record", "%d of %s".formatted(entry.seq(), entry.log()))
                        .line("kind", entry.kind())
                        .line("written", "%s by %s".formatted(written, entry.writer()))
                        .line("attempt", entry.attempt());
        for (EventText.Line line : EventText.of(entry.event())) {
            seen = seen.line(line.name(), line.value());
        }
        seen =
                seen.line("previous", entry.previous())
                        .member("record", Json.parse(bytes, object.key()))
                        .member("written", Json.of(written));
        if (entry.event() instanceof OfSlice about) {
            Json from = Json.of(Times.text(about.slice().startMs()));
            seen = seen.member("from", from);
            seen = seen.member("to", Json.of(Times.text(about.slice().endMs())));
        }
        Optional<String> misplaced = misplaced(object, place, entry);
        return misplaced.isPresent()
                ? seen.wrong(misplaced)
                : chained(seen, object.vault(), entry.log());
    }

    private static Optional<String> misplaced(VaultObject object, OfRecord place, Entry entry) {
        if (!entry.vault().equals(object.vault().id())) {
            return Optional.of("it is of another vault: " + entry.vault());
        }
        return place.equals(new OfRecord(entry.log(), entry.seq()))
                ? Optional.empty()
                : Optional.of("it is record %d of %s".formatted(entry.seq(), entry.log()));
    }

    /// A record is proven by the records behind it: each names the hash of the one before.
    private static Inspection chained(Inspection seen, Vault vault, LogName name) {
        if (!name.isOfStream()) {
            return seen.line("chain", "not read: this is the log of no stream");
        }
        try {
            StreamLog log = vault.stream(name.id());
            String sha256 = seen.sha256();
            return log.hasRecord(sha256)
                    ? seen.line("chain", whole(log.head())).member("chained", Json.of(true))
                    : seen.wrong(Optional.of("the chain has another record here: it was changed"));
        } catch (DamagedVault e) {
            return seen.wrong(Optional.of("the chain is broken at " + e.getMessage()));
        }
    }

    private static String whole(Head head) {
        return "whole, and this record is in it; its head is %d %s"
                .formatted(head.seq(), head.sha256());
    }
}
