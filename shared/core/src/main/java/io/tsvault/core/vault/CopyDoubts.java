package io.tsvault.core.vault;

import io.tsvault.core.vault.VaultCheck.Problem;
import io.tsvault.core.vault.VaultCheck.Remedy;
import io.tsvault.core.vault.key.ObjectKey;
import io.tsvault.core.vault.record.LogName;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Why a copy may not have all that the vault of which it is one has, though each log of it is
/// sound. It gets what is configured first, then for each stream chunks before records.
///
/// | was cut off | what tells |
/// |---|---|
/// | before anything was configured | there is no stream |
/// | before a stream | it is registered, and has no record: or it was never backed up |
/// | within a stream | a chunk waits for its record, or a page for its records ([Remains]) |
record CopyDoubts(Vault vault) {
    List<Problem> list() {
        List<Problem> doubts = new ArrayList<>();
        Registered registered = Registered.in(vault);
        registered.absent().forEach(stream -> doubts.add(neverCame(stream.stream())));
        doubts.addAll(registered.lostSources());
        List<String> streams = vault.streams();
        streams.forEach(stream -> waiting(stream).ifPresent(doubts::add));
        if (streams.isEmpty() && registered.absent().isEmpty()) {
            doubts.add(new Problem(ObjectKey.STREAMS, "no stream is here", Remedy.COPY_AGAIN));
        }
        return doubts;
    }

    private static Problem neverCame(String stream) {
        return new Problem(
                ObjectKey.records(LogName.ofStream(stream)),
                "%s is registered, and no record of it is here: it was never backed up, or "
                                .formatted(stream)
                        + Remedy.UNFINISHED,
                Remedy.COPY_AGAIN);
    }

    private Optional<Problem> waiting(String stream) {
        StreamObjects objects = vault.stream(stream).objects();
        return objects.unfinished(objects.list());
    }
}
