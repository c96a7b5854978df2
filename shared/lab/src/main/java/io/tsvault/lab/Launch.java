package io.tsvault.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What it takes to start one server: its program, its flags, the folder that is its own, and its
/// data, which may lie elsewhere.
record Launch(Program program, List<String> flags, Path folder, Path data) {
    private static final int TAIL_LINES = 12;

    Launch {
        flags = List.copyOf(flags);
    }

    Place at(int port) {
        return new Place(folder, data, port);
    }

    Leash start(Place place) throws IOException {
        List<String> words = new ArrayList<>(List.of(program.binary().toString()));
        words.addAll(program.product().arguments(place));
        words.addAll(flags);
        return Leash.start(words, program.product().environment(), this);
    }

    /// Everything the server has printed. A build keeps it.
    Path log() {
        return Usage.folder()
                .map(kept -> kept.resolve(program.product().label() + "-" + folder.getFileName()))
                .orElse(folder.resolve("log"));
    }

    /// The last lines of the log.
    String tail() {
        try {
            List<String> lines = Files.readAllLines(log(), StandardCharsets.UTF_8);
            int from = Math.max(0, lines.size() - TAIL_LINES);
            return String.join("\n", lines.subList(from, lines.size()));
        } catch (IOException e) {
            return "(its log cannot be read: " + e.getMessage() + ")";
        }
    }

    boolean ownsItsData() {
        return data.startsWith(folder);
    }
}
