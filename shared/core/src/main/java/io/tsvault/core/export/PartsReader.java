package io.tsvault.core.export;

import io.tsvault.core.export.SliceReader.Content;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.vault.Deposit;
import io.tsvault.core.vault.record.Event.Capture;
import io.tsvault.core.vault.record.Event.Part;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads slices of a stream that is divided by the names of metrics, and keeps each part by itself:
/// those that are kept are not read again.
///
/// @param reader of one part
record PartsReader(Line line, SliceReader reader) {
    /// A slice of which all parts are kept.
    ///
    /// @param records the numbers of those of its parts
    record Whole(Content content, List<Long> records) {}

    /// Reads what is not kept yet; nothing when a part is missing then, since another was quicker.
    Optional<Whole> read(TimeRange slice) {
        Amount amount = Amount.NOTHING;
        List<String> names = new ArrayList<>();
        for (NameRange range : NameRange.divided(line.config().parts())) {
            names.add(range.toString());
            if (kept(slice, names).size() < names.size()) {
                amount = amount.plus(part(slice, range).amount());
            }
        }
        SortedMap<Long, Part> parts = kept(slice, names);
        return parts.size() < names.size()
                ? Optional.empty()
                : Optional.of(new Whole(content(parts, amount), List.copyOf(parts.keySet())));
    }

    private static Content content(SortedMap<Long, Part> parts, Amount amount) {
        List<Part> all = List.copyOf(parts.values());
        Capture last = all.getLast().capture();
        Capture told =
                all.stream()
                        .map(Part::capture)
                        .filter(capture -> !capture.warnings().isEmpty())
                        .findFirst()
                        .orElse(last);
        return new Content(told, amount, all.stream().allMatch(PartsReader::isEmpty));
    }

    private static boolean isEmpty(Part part) {
        return part.chunks().isEmpty() && !LeftOut.isNotedIn(part.capture().notes());
    }

    /// The parts that are kept, the newest of each name; those of other settings do not fit.
    private SortedMap<Long, Part> kept(TimeRange slice, List<String> names) {
        SortedMap<String, Long> newest = new TreeMap<>();
        Selection selection = Selection.of(line.config());
        SortedMap<Long, Part> all = line.log().state().parts(slice);
        all.values().removeIf(part -> !selection.kept(part.capture()));
        all.forEach((seq, part) -> newest.put(part.part(), seq));
        SortedMap<Long, Part> kept = new TreeMap<>(all);
        kept.entrySet()
                .removeIf(
                        entry ->
                                !names.contains(entry.getValue().part())
                                        || !entry.getKey()
                                                .equals(newest.get(entry.getValue().part())));
        return kept;
    }

    private Content part(TimeRange slice, NameRange range) {
        List<Selector> selectors = line.config().selectors().stream().map(range::within).toList();
        Deposit deposit = line.log().deposit(slice);
        Content content = reader.read(selectors, slice, deposit);
        deposit.part(range.toString(), content.capture());
        return content;
    }
}
