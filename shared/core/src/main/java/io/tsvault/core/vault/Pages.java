package io.tsvault.core.vault;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.store.StoredObject;
import io.tsvault.core.vault.key.ObjectKey;
import io.tsvault.core.vault.key.ObjectKey.OfPage;
import io.tsvault.core.vault.record.Entry;
import io.tsvault.core.vault.record.Event.Page;
import io.tsvault.core.vault.record.Head;
import io.tsvault.core.vault.record.LogName;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// Packs records into pages, and plans which pages there are: see the description of the package.
final class Pages {
    /// A page never grows beyond this.
    static final int MOST_BYTES = 16 << 20;

    /// So many pages become one.
    private static final int FAN = 4;

    private static final int MOST_LEVELS = 5;

    private Pages() {}

    /// The first record of the page that ends before STATE record `seq`.
    static long first(long seq) {
        long groups = seq / Log.STATE_EVERY;
        long width = 1;
        for (int level = 0; level < MOST_LEVELS && groups % (width * FAN) == 0; level++) {
            width *= FAN;
        }
        return Math.max(1, (groups - width) * Log.STATE_EVERY);
    }

    static byte[] pack(List<byte[]> records) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            for (byte[] record : records) {
                zip.write(record);
                zip.write('\n');
            }
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    /// As many records as the page claims, each no longer than a record may be.
    ///
    /// @param key where the bytes were
    static List<byte[]> unpack(byte[] bytes, Page page, String key) {
        if (!Head.hash(bytes).equals(page.sha256())) {
            throw new DamagedVault(key, "its SHA-256 is another one than its STATE record says");
        }
        List<byte[]> records = new ArrayList<>();
        try (InputStream zip = new GZIPInputStream(new ByteArrayInputStream(bytes), 1 << 16)) {
            Lines lines = new Lines(zip);
            for (long seq = page.first(); seq <= page.last(); seq++) {
                records.add(lines.next(Entry.MOST_BYTES));
            }
            lines.requireEnd();
        } catch (IOException e) {
            throw new DamagedVault(key, "not a page of records: " + e.getMessage());
        }
        return records;
    }

    /// The pages of a log among these objects that end behind this record; the first come first.
    static List<OfPage> behind(List<StoredObject> there, LogName log, long seq) {
        return there.stream()
                .flatMap(object -> ObjectKey.page(log, object.key()).stream())
                .filter(page -> page.last() > seq)
                .sorted(Comparator.comparingLong(OfPage::first).thenComparingLong(OfPage::last))
                .toList();
    }

    /// The records of a page that is there, if its bytes are those that its key names.
    static Optional<List<byte[]>> find(ObjectStore store, OfPage page) {
        Page named = new Page(page.first(), page.last(), page.sha256(), 0);
        return find(store, page.text(), named);
    }

    /// The records of a page that is there, if it is sound. Another one proves nothing.
    static Optional<List<byte[]>> find(ObjectStore store, String key, Page page) {
        try {
            return store.read(key, 0, MOST_BYTES).map(bytes -> unpack(bytes, page, key));
        } catch (DamagedVault e) {
            return Optional.empty();
        }
    }

    /// Has this page, in the place of this record, one with this hash?
    static boolean hold(ObjectStore store, OfPage page, Head record) {
        return page.first() <= record.seq()
                && record.seq() <= page.last()
                && find(store, page)
                        .map(records -> records.get((int) (record.seq() - page.first())))
                        .filter(bytes -> Head.hash(bytes).equals(record.sha256()))
                        .isPresent();
    }

    /// Reads lines of bytes.
    private static final class Lines {
        private final InputStream in;
        private final byte[] buffer = new byte[1 << 16];
        private int from;
        private int to;

        Lines(InputStream in) {
            this.in = in;
        }

        byte[] next(int most) throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            while (true) {
                if (from == to && !fill()) {
                    throw new IOException("it ends within a record");
                }
                int end = from;
                while (end < to && buffer[end] != '\n') {
                    end++;
                }
                int start = from;
                from = Math.min(end + 1, to);
                if (line.size() + (end - start) > most) {
                    throw new IOException("a record of more than %,d bytes".formatted(most));
                }
                if (end < to && line.size() == 0) {
                    return Arrays.copyOfRange(buffer, start, end);
                }
                line.write(buffer, start, end - start);
                if (end < to) {
                    return line.toByteArray();
                }
            }
        }

        void requireEnd() throws IOException {
            if (from != to || fill()) {
                throw new IOException("more records than it should have");
            }
        }

        private boolean fill() throws IOException {
            from = 0;
            to = Math.max(0, in.read(buffer));
            return to > 0;
        }
    }
}
