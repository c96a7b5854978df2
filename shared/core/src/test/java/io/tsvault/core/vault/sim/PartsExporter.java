package io.tsvault.core.vault.sim;

import io.tsvault.core.vault.Deposit;
import io.tsvault.core.vault.StreamLog;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Keeps each slice in two parts, and goes on with the parts that are there.
class PartsExporter extends Exporter {
    private static final List<String> PARTS = List.of("a", "b");

    PartsExporter(int slices) {
        super(slices);
    }

    @Override
    void keep(Actor me, StreamLog log, int number) {
        for (String part : PARTS) {
            if (!parts(log, number).containsKey(part)) {
                Deposit deposit = begin(me, log, number);
                deposit.add(Slices.chunk(number, PARTS.indexOf(part), 1));
                told(me, number, deposit.part(part, Slices.CAPTURE), 1);
            }
        }
        Map<String, Long> parts = parts(log, number);
        if (parts.keySet().containsAll(PARTS)) {
            Deposit deposit = begin(me, log, number);
            List<Long> numbers = chosen(List.copyOf(parts.values()));
            told(me, number, deposit.commit(true, numbers, Slices.CAPTURE), 1);
        }
    }

    List<Long> chosen(List<Long> parts) {
        return parts;
    }

    private static SortedMap<String, Long> parts(StreamLog log, int number) {
        SortedMap<String, Long> parts = new TreeMap<>();
        log.state()
                .parts(Slices.slice(number))
                .forEach((seq, part) -> parts.putIfAbsent(part.part(), seq));
        return parts;
    }
}
