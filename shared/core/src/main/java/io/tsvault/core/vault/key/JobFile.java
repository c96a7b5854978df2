package io.tsvault.core.vault.key;

import io.tsvault.core.vault.record.Event;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A file of a restore, but the records of its log. Made once, and never changed.
public sealed interface JobFile {
    /// Its key within the folder of the restore.
    String key();

    /// No such file is larger.
    int mostBytes();

    /// The SHA-256 of this file, if this event names it.
    default Optional<String> promised(Event event) {
        return switch (event) {
            case Event.Accepted asked when this == Document.MANIFEST ->
                    Optional.of(asked.manifest());
            case Event.Planned planned when this == Document.PLAN -> Optional.of(planned.plan());
            case Event.Report report when equals(new Report(report.number())) ->
                    Optional.of(report.sha256());
            default -> Optional.empty();
        };
    }

    /// What there is one of.
    enum Document implements JobFile {
        /// What was asked for.
        MANIFEST(256 << 10),
        /// What the restore will do.
        PLAN(16 << 20);

        private final int mostBytes;

        Document(int mostBytes) {
            this.mostBytes = mostBytes;
        }

        @Override
        public String key() {
            return word(this) + ".json";
        }

        @Override
        public int mostBytes() {
            return mostBytes;
        }
    }

    /// What came of it, for machines: `report-1.json`.
    ///
    /// @param number from 1
    record Report(long number) implements JobFile {
        @Override
        public String key() {
            return "report-" + number + ".json";
        }

        @Override
        public int mostBytes() {
            return 64 << 20;
        }
    }

    /// The same for people: `report-1.html`.
    record Page(long number) implements JobFile {
        @Override
        public String key() {
            return "report-" + number + ".html";
        }

        @Override
        public int mostBytes() {
            return 64 << 20;
        }
    }

    /// How far a partition has come: `partitions/0003/9999999998_0000000001.json`. Listed newest
    /// first; a hint, never the proof.
    record Progress(int partition, long number) implements JobFile {
        /// The folder of all that a partition told.
        public static String folder(int partition) {
            return String.format(Locale.ROOT, "partitions/%04d/", partition);
        }

        @Override
        public String key() {
            return folder(partition) + Digits.left(number) + "_" + Digits.ten(number) + ".json";
        }

        @Override
        public int mostBytes() {
            return 64 << 10;
        }
    }

    /// What is kept of a kind, in any number of files.
    enum Kind {
        /// One sample a line, with the value of the backup and that of the target.
        CONFLICTS(".jsonl.gz"),
        /// One stretch of a series a line that is not there.
        MISSING(".jsonl.gz"),
        /// Samples that the target will never take, and why.
        REFUSED(".jsonl.gz"),
        /// A chunk of what the target had where it was overwritten.
        REPLACED(".chunk");

        private final String ending;

        Kind(String ending) {
            this.ending = ending;
        }

        /// How the names of all such files begin.
        public String prefix() {
            return word(this) + "-";
        }
    }

    /// One of these files: `conflicts-1.jsonl.gz`, `replaced-1.chunk`.
    ///
    /// @param number from 1
    record Kept(Kind kind, long number) implements JobFile {
        @Override
        public String key() {
            return kind.prefix() + number + kind.ending;
        }

        @Override
        public int mostBytes() {
            return 64 << 20;
        }
    }

    /// Reads a key within the folder of a restore; empty when no restore has such a file.
    static Optional<JobFile> parse(String name) {
        Matcher numbered = Names.NUMBERED.matcher(name);
        Matcher progress = Names.PROGRESS.matcher(name);
        Stream<JobFile> files = Arrays.stream(Document.values());
        if (numbered.matches()) {
            files = numbered(Long.parseLong(numbered.group(1)));
        } else if (progress.matches()) {
            int partition = Integer.parseInt(progress.group(1));
            files = Stream.of(new Progress(partition, Long.parseLong(progress.group(2))));
        }
        return files.filter(file -> file.key().equals(name)).findFirst();
    }

    /// All that may have this number.
    private static Stream<JobFile> numbered(long number) {
        Stream<JobFile> kept = Arrays.stream(Kind.values()).map(kind -> new Kept(kind, number));
        return Stream.concat(Stream.of(new Report(number), new Page(number)), kept);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /// How such names look.
    final class Names {
        private static final Pattern NUMBERED = Pattern.compile("[a-z]+-([1-9][0-9]{0,9})\\..+");
        private static final Pattern PROGRESS =
                Pattern.compile("partitions/([0-9]{4,9})/[0-9]{10}_(0*[1-9][0-9]{0,9})\\.json");

        private Names() {}
    }
}
