package io.tsvault.core.vault;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.store.StoredObject;
import io.tsvault.core.vault.VaultCheck.Problem;
import io.tsvault.core.vault.VaultCheck.Remedy;
import io.tsvault.core.vault.key.JobFile;
import io.tsvault.core.vault.key.JobFile.Document;
import io.tsvault.core.vault.key.ObjectKey;
import io.tsvault.core.vault.key.ObjectKey.Mark;
import io.tsvault.core.vault.key.ObjectKey.OfJob;
import io.tsvault.core.vault.key.ObjectKey.OfPage;
import io.tsvault.core.vault.record.Entry;
import io.tsvault.core.vault.record.Event.Accepted;
import io.tsvault.core.vault.record.Event.Planned;
import io.tsvault.core.vault.record.Event.Report;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.LongStream;

/// Holds the objects of a log against the hashes that it names.
///
/// @param log as far as it was read
record Written(Vault vault, Log log) {
    /// An object, and the hash that it must have.
    private record Promise(String key, String sha256, int mostBytes) {}

    /// Each record as far as the log was read: so its hash is known, though a page may have told.
    List<Problem> records() {
        return broken(
                LongStream.rangeClosed(1, log.head().seq()).boxed().toList(),
                seq ->
                        Optional.of(
                                new Promise(
                                        ObjectKey.record(log.name(), seq),
                                        log.hash(seq),
                                        Entry.MOST_BYTES)));
    }

    /// Each page that counts.
    List<Problem> pages() {
        return harmless(
                broken(
                        log.pages(),
                        page ->
                                Optional.of(
                                        new Promise(
                                                ObjectKey.page(log.name(), page),
                                                page.sha256(),
                                                Pages.MOST_BYTES))));
    }

    /// The pages that are there, when it is not known which count: their keys name their hashes.
    List<Problem> pages(List<StoredObject> there) {
        return harmless(
                broken(
                        there,
                        object ->
                                ObjectKey.parse(object.key()).orElse(Mark.VAULT)
                                                instanceof OfPage page
                                        ? Optional.of(
                                                new Promise(
                                                        page.text(),
                                                        page.sha256(),
                                                        Pages.MOST_BYTES))
                                        : Optional.empty()));
    }

    /// What a job was asked for, what it will do, and what came of it.
    List<Problem> files() {
        return broken(
                log.history(),
                entry ->
                        switch (entry.event()) {
                            case Accepted asked -> file(Document.MANIFEST, asked.manifest());
                            case Planned planned -> file(Document.PLAN, planned.plan());
                            case Report report ->
                                    file(new JobFile.Report(report.number()), report.sha256());
                            default -> Optional.empty();
                        });
    }

    private Optional<Promise> file(JobFile file, String sha256) {
        String key = new OfJob(log.name(), file).text();
        return Optional.of(new Promise(key, sha256, file.mostBytes()));
    }

    private static List<Problem> harmless(List<Problem> pages) {
        return pages.stream()
                .map(
                        page ->
                                new Problem(
                                        page.key(),
                                        page.what()
                                                + "; no data is lost by it: each record is there by"
                                                + " itself",
                                        Remedy.REBUILD))
                .toList();
    }

    private <T> List<Problem> broken(List<T> all, Function<T, Optional<Promise>> promise) {
        List<Promise> promises = all.stream().map(promise).flatMap(Optional::stream).toList();
        return vault.parallel(promises, this::wrong).stream().flatMap(Optional::stream).toList();
    }

    /// What is too large is read as far as it may go: its hash is another one anyway.
    private Optional<Problem> wrong(Promise promise) {
        String key = promise.key();
        try {
            Optional<byte[]> bytes = vault.store().read(key, 0, promise.mostBytes());
            return VaultCheck.problem(key, bytes, promise.sha256());
        } catch (Permanent e) { // what else is wrong has to be found too
            return Optional.of(new Problem(key, "it cannot be read: " + e.getMessage()));
        }
    }
}
