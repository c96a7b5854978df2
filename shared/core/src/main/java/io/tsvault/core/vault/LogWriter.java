package io.tsvault.core.vault;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.store.ObjectStore.Creation;
import io.tsvault.core.vault.key.ObjectKey;
import io.tsvault.core.vault.record.Entry;
import io.tsvault.core.vault.record.Event;
import io.tsvault.core.vault.record.Event.Page;
import io.tsvault.core.vault.record.Event.State;
import io.tsvault.core.vault.record.Head;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Appends to a log. For one thread.
final class LogWriter {
    private static final int MOST_RACES = 10_000;

    /// A record whose writing was given up: it may be there, or come later.
    private record Doubt(Event event, String sha256) {}

    private final Vault vault;
    private final Log log;
    private final List<Doubt> doubts = new ArrayList<>();
    private boolean whole;

    LogWriter(Vault vault, Log log) {
        this.vault = vault;
        this.log = log;
    }

    /// Appends what is decided on everything that is there, or nothing. When others append
    /// meanwhile, their records are read, and it is decided again.
    ///
    /// @throws IllegalArgumentException when it cannot follow; then nothing was written
    Optional<Entry> append(Supplier<Optional<? extends Event>> decision) {
        requireWritable();
        requireWhole();
        for (int race = 0; race < MOST_RACES; race++) {
            Optional<? extends Event> event = decision.get();
            if (event.isEmpty()) {
                return Optional.empty();
            }
            boolean forState = (log.head().seq() + 1) % Log.STATE_EVERY == 0;
            Optional<Entry> entry = tryAppend(forState ? state() : event.get());
            if (entry.isEmpty()) {
                log.refresh();
            } else if (!forState) {
                return entry;
            }
        }
        throw new Transient("too many others append to " + log.name() + " of " + vault.location());
    }

    /// What was tried may be the description of the vault; what somebody wanted is a record.
    private void requireWritable() {
        try {
            vault.requireWritable();
        } catch (Permanent e) {
            throw new Permanent(
                    "nothing was appended to %s: %s".formatted(log.name(), e.getMessage()), e);
        }
    }

    /// Asks once: what is lost later is found by who reads the log anew.
    ///
    /// @throws DamagedVault when the end of the log is lost: another one would make two histories
    void requireWhole() {
        if (!whole) {
            new Remains(vault, log).requireWhole();
            whole = true;
        }
    }

    /// Was this appended after all, when it was not known whether it was?
    boolean hasLanded(Event event) {
        return doubts.stream()
                .filter(doubt -> doubt.event().equals(event))
                .anyMatch(doubt -> log.hasRecord(doubt.sha256()));
    }

    private Optional<Entry> tryAppend(Event event) {
        Entry entry = vault.entry(log.name(), log.head(), event);
        byte[] bytes = entry.toBytes();
        requireNext(entry, bytes);
        if (create(entry, bytes) == Creation.ALREADY_THERE) {
            return Optional.empty();
        }
        log.take(entry, bytes);
        return Optional.of(entry);
    }

    /// A record is never taken back: whoever reads it later has to find it sound.
    private void requireNext(Entry entry, byte[] bytes) {
        try {
            if (!log.next(bytes).equals(entry)) {
                throw refused(entry, new IllegalArgumentException("it would be read as another"));
            }
        } catch (DamagedVault e) {
            throw refused(entry, e);
        }
    }

    private IllegalArgumentException refused(Entry entry, RuntimeException why) {
        return new IllegalArgumentException(
                "%s of %s cannot take this %s; nothing was written: %s"
                        .formatted(log.name(), vault.location(), entry.kind(), why.getMessage()),
                why);
    }

    private Creation create(Entry entry, byte[] bytes) {
        try {
            return vault.store().create(ObjectKey.record(log.name(), entry.seq()), bytes);
        } catch (Transient e) {
            doubts.add(new Doubt(entry.event(), Head.hash(bytes)));
            throw e;
        }
    }

    /// Packs the records up to the head into a page, together with the pages that it replaces.
    private State state() {
        long seq = log.head().seq() + 1;
        long first = Pages.first(seq);
        List<Page> kept = log.pages().stream().filter(page -> page.last() < first).toList();
        List<Page> merged = log.pages().stream().filter(page -> page.last() >= first).toList();
        if (merged.stream().mapToLong(Page::bytes).sum() > Pages.MOST_BYTES / 2) {
            kept = log.pages();
            merged = List.of();
        }
        List<byte[]> records = new ArrayList<>();
        merged.forEach(page -> records.addAll(log.known(page)));
        records.addAll(log.recent());
        byte[] bytes = Pages.pack(records);
        Page page =
                new Page(seq - records.size(), log.head().seq(), Head.hash(bytes), bytes.length);
        vault.store().create(ObjectKey.page(log.name(), page), bytes);
        List<Page> now = new ArrayList<>(kept);
        now.add(page);
        return new State(now);
    }
}
