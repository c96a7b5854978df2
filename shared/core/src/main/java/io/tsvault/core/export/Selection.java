package io.tsvault.core.export;

import io.tsvault.core.chunk.Chunk;
import io.tsvault.core.config.StreamConfig;
import io.tsvault.core.series.Selector;
import io.tsvault.core.vault.record.Event.Capture;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Which series a stream keeps, and under which labels. Each capture notes it: what was kept by
/// another selection is not to be held against this one. The time of a record could not tell, as a
/// run that began before the stream was changed may end after it.
///
/// @param externalLabels are those kept that the server adds?
record Selection(List<Selector> selectors, boolean externalLabels) {
    private static final String NOTE = "selection";

    /// A note is in every record of a stream: a longer text is replaced by its hash.
    private static final int MOST_CHARS = 300;

    static Selection of(StreamConfig config) {
        return new Selection(config.selectors(), config.keepExternalLabels());
    }

    void noteIn(Map<String, String> notes) {
        notes.put(NOTE, text());
    }

    /// Was it kept by this? Of one that notes nothing, nobody knows.
    boolean kept(Capture capture) {
        return text().equals(capture.notes().get(NOTE));
    }

    private String text() {
        String text = this + (externalLabels ? ", with external labels" : "");
        return text.length() <= MOST_CHARS
                ? text
                : "sha256 " + Chunk.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The selectors, as a person wrote them.
    @Override
    public String toString() {
        return selectors.stream().map(Selector::toString).collect(Collectors.joining(" "));
    }
}
