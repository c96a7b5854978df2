package io.tsvault.cli;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.json.Json;
import io.tsvault.core.vault.key.ObjectKey.OfPage;
import io.tsvault.core.vault.record.Entry;
import io.tsvault.core.vault.record.Head;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/// Looks at a page: unpacks its records, and follows their chain.
final class PageInspection {
    private final VaultObject object;
    private final OfPage place;
    private final Map<String, Long> kinds = new TreeMap<>();
    private long records;
    private long first;
    private long bytes;
    private Head last = Head.NONE;

    private PageInspection(VaultObject object, OfPage place) {
        this.object = object;
        this.place = place;
    }

    /// @throws DamagedVault when the records in it are none, or no chain
    static Inspection of(VaultObject object, OfPage place, byte[] packed) {
        Inspection seen = Inspection.of(object.key(), packed);
        if (!place.sha256().equals(seen.sha256())) {
            return seen.wrong(Optional.of("its SHA-256 is not the one in its key"));
        }
        PageInspection page = new PageInspection(object, place);
        page.read(packed);
        return page.told(seen);
    }

    private Inspection told(Inspection seen) {
        Json.Members counts = Json.object();
        for (Map.Entry<String, Long> kind : kinds.entrySet()) {
            counts = counts.with(kind.getKey(), kind.getValue());
        }
        return seen.line(
                        "records",
                        "%d to %d, %s unpacked"
                                .formatted(first, last.seq(), Count.of(bytes, "byte")))
                .line("kinds", kinds.toString().replaceAll("[{}]", "").replace("=", " "))
                .line("chain", "whole within this page; its last record is " + last.sha256())
                .member("first", Json.of(first))
                .member("last", Json.of(last.seq()))
                .member("unpacked", Json.of(bytes))
                .member("kinds", counts)
                .wrong(
                        Optional.of(
                                        "it holds %s, its key says others"
                                                .formatted(Count.of(records, "record")))
                                .filter(_ -> !isNamedSo()));
    }

    private boolean isNamedSo() {
        return place.first() == first && place.last() == last.seq();
    }

    private void read(byte[] packed) {
        try (InputStream zip =
                new BufferedInputStream(new GZIPInputStream(new ByteArrayInputStream(packed)))) {
            for (byte[] line = line(zip); line.length > 0; line = line(zip)) {
                take(line);
            }
        } catch (IOException e) {
            throw new DamagedVault(object.key(), "not a page of records: " + e.getMessage());
        }
    }

    /// Empty at the end.
    private static byte[] line(InputStream zip) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = zip.read(); next >= 0 && next != '\n'; next = zip.read()) {
            if (line.size() == Entry.MOST_BYTES) {
                throw new IOException("a record of more than %,d bytes".formatted(line.size()));
            }
            line.write(next);
        }
        return line.toByteArray();
    }

    private void take(byte[] line) {
        Entry entry = Entry.read(line, object.key());
        boolean ours = entry.vault().equals(object.vault().id()) && entry.log().equals(place.log());
        boolean follows =
                records == 0
                        || (entry.seq() == last.seq() + 1
                                && entry.previous().equals(last.sha256()));
        if (!ours || !follows) {
            throw new DamagedVault(
                    object.key(),
                    "record %d of %s of the vault %s does not belong behind record %d"
                            .formatted(entry.seq(), entry.log(), entry.vault(), last.seq()));
        }
        first = records == 0 ? entry.seq() : first;
        last = new Head(entry.seq(), Head.hash(line));
        kinds.merge(entry.kind(), 1L, Long::sum);
        records++;
        bytes += line.length;
    }
}
