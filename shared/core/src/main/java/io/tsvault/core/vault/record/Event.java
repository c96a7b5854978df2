package io.tsvault.core.vault.record;

import io.tsvault.core.series.TimeRange;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a record tells. The names of these classes, in capitals with `_`, are the kinds of records.
public sealed interface Event {
    /// How the samples of a slice were had.
    ///
    /// @param mode such as `remote-read`, `raw`, `query-range`, `file`
    /// @param stepMs of the grid when the samples were resampled, else 0
    /// @param source which server it was, by what it tells of itself
    /// @param version of that server
    /// @param lost what this way could not give, such as `stale markers`
    /// @param warnings that came with the answer
    /// @param notes what the next capture may want to know, by names of the exporter's choice
    record Capture(
            String mode,
            long stepMs,
            String source,
            String version,
            List<String> lost,
            List<String> warnings,
            Map<String, String> notes) {
        static final Capture UNKNOWN = new Capture("", 0, "", "", List.of(), List.of());

        /// Copies the lists.
        public Capture {
            lost = List.copyOf(lost);
            warnings = List.copyOf(warnings);
            notes = Map.copyOf(notes);
        }

        /// Without notes.
        public Capture(
                String mode,
                long stepMs,
                String source,
                String version,
                List<String> lost,
                List<String> warnings) {
            this(mode, stepMs, source, version, lost, warnings, Map.of());
        }
    }

    /// An event that belongs to one slice.
    sealed interface OfSlice extends Event {
        /// Which.
        TimeRange slice();
    }

    /// An event that names chunks.
    sealed interface WithChunks extends OfSlice {
        /// Which, in the order of their content.
        List<ChunkRef> chunks();
    }

    /// A slice is kept.
    ///
    /// @param whole false when the source gave less than all, and that was accepted
    /// @param parts the numbers of the PART records that belong to it; their chunks come first
    record Commit(
            TimeRange slice,
            boolean whole,
            List<ChunkRef> chunks,
            List<Long> parts,
            Capture capture)
            implements WithChunks {
        /// Copies the lists; no part is named twice.
        public Commit {
            chunks = List.copyOf(chunks);
            parts = List.copyOf(parts);
            if (Set.copyOf(parts).size() < parts.size()) {
                throw new IllegalArgumentException(
                        "a COMMIT takes each part once, not as in " + parts);
            }
        }
    }

    /// Some of the series of a slice are kept; they count once a COMMIT names this record.
    ///
    /// @param part which of them, as the exporter divides them
    record Part(TimeRange slice, String part, List<ChunkRef> chunks, Capture capture)
            implements WithChunks {
        /// Copies the list.
        public Part {
            chunks = List.copyOf(chunks);
        }
    }

    /// A slice holds nothing, and that was checked.
    record Empty(TimeRange slice, Capture capture) implements OfSlice {}

    /// A slice cannot be had any more.
    record Gap(TimeRange slice, String reason) implements OfSlice {}

    /// A person has seen a gap.
    record GapAck(TimeRange slice, String note) implements OfSlice {}

    /// A slice was read again, and was different. Both revisions are kept.
    record Amend(TimeRange slice, List<ChunkRef> chunks, Capture capture) implements WithChunks {
        /// Copies the list.
        public Amend {
            chunks = List.copyOf(chunks);
        }
    }

    /// Slices were read again, and were the same; or there was less, and nothing was changed.
    record Reread(List<TimeRange> slices) implements Event {
        /// Copies the list.
        public Reread {
            slices = List.copyOf(slices);
        }
    }

    /// A try to keep a slice failed, or one to begin.
    ///
    /// @param slice [TimeRange#ALL] when it came to none
    record Attempt(TimeRange slice, String problem, Outlook outlook) implements OfSlice {
        /// What may help.
        public enum Outlook {
            /// The next try.
            TIME,
            /// Nothing but a person.
            PERSON,
            /// The next tries, or a person: the source gave other than what it counts, or said that
            /// it is not all.
            UNSOUND
        }
    }

    /// Slices have outlived their keeping; all of them lie within these ranges.
    record Expire(List<TimeRange> ranges, String rule) implements Event {
        /// Copies the list.
        public Expire {
            ranges = List.copyOf(ranges);
        }
    }

    /// These objects will be deleted; no record may ever name them again.
    record SweepPlan(List<String> keys) implements Event {
        /// Copies the list.
        public SweepPlan {
            keys = List.copyOf(keys);
        }
    }

    /// All objects of a plan are deleted.
    ///
    /// @param plan the number of the SWEEP_PLAN
    record SweepDone(long plan) implements Event {}

    /// A restore, or a person, needs what lies in this range.
    ///
    /// @param holder the job, or the name of a legal hold
    record Pin(String holder, TimeRange range, String note) implements Event {}

    /// The holder needs nothing any more.
    record Unpin(String holder) implements Event {}

    /// What something is configured to be.
    ///
    /// @param settings empty when it is removed
    record Config(Map<String, String> settings) implements Event {
        /// Copies the map.
        public Config {
            settings = Map.copyOf(settings);
        }
    }

    /// A restore was asked for.
    ///
    /// @param tenant who asked
    /// @param manifest SHA-256 of what was asked for, in canonical form
    record Accepted(String tenant, String manifest) implements Event {}

    /// It is settled what a restore will do.
    ///
    /// @param plan SHA-256 of that
    record Planned(String plan) implements Event {}

    /// A restore is to stop.
    record Cancel(String note) implements Event {}

    /// A restore is to go on; or a stream that halted, by the word of a person.
    record Resume(String note) implements Event {}

    /// A restore has come to an end, for now.
    ///
    /// @param number of the report
    /// @param state such as `DONE`
    /// @param sha256 of the report
    record Report(long number, String state, String sha256) implements Event {}

    /// Where the records before this one can be read many at a time.
    record State(List<Page> pages) implements Event {
        /// Copies the list.
        public State {
            pages = List.copyOf(pages);
        }
    }

    /// Consecutive records in one object.
    ///
    /// @param first number of the first record
    /// @param last number of the last record
    /// @param sha256 of the object
    /// @param bytes of the object
    record Page(long first, long last, String sha256, long bytes) {
        /// Checks the hash, of which the key is made.
        public Page {
            ChunkRef.requireSha256(sha256);
        }
    }
}
