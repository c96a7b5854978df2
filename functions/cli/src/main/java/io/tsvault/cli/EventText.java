package io.tsvault.cli;

import io.tsvault.core.config.TimeText;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.vault.record.ChunkRef;
import io.tsvault.core.vault.record.Event;
import io.tsvault.core.vault.record.Event.Accepted;
import io.tsvault.core.vault.record.Event.Amend;
import io.tsvault.core.vault.record.Event.Attempt;
import io.tsvault.core.vault.record.Event.Cancel;
import io.tsvault.core.vault.record.Event.Capture;
import io.tsvault.core.vault.record.Event.Commit;
import io.tsvault.core.vault.record.Event.Config;
import io.tsvault.core.vault.record.Event.Empty;
import io.tsvault.core.vault.record.Event.Expire;
import io.tsvault.core.vault.record.Event.Gap;
import io.tsvault.core.vault.record.Event.GapAck;
import io.tsvault.core.vault.record.Event.OfSlice;
import io.tsvault.core.vault.record.Event.Page;
import io.tsvault.core.vault.record.Event.Part;
import io.tsvault.core.vault.record.Event.Pin;
import io.tsvault.core.vault.record.Event.Planned;
import io.tsvault.core.vault.record.Event.Report;
import io.tsvault.core.vault.record.Event.Reread;
import io.tsvault.core.vault.record.Event.Resume;
import io.tsvault.core.vault.record.Event.State;
import io.tsvault.core.vault.record.Event.SweepDone;
import io.tsvault.core.vault.record.Event.SweepPlan;
import io.tsvault.core.vault.record.Event.Unpin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// An event, for people.
final class EventText {
    /// One of its lines.
    record Line(String name, String value) {}

    private final List<Line> lines = new ArrayList<>();

    private EventText() {}

    static List<Line> of(Event event) {
        EventText text = new EventText();
        if (event instanceof OfSlice about) {
            boolean isOfAll = about.slice().equals(TimeRange.ALL);
            text.line("slice", isOfAll ? "none in particular" : range(about.slice()));
        }
        text.tell(event);
        return List.copyOf(text.lines);
    }

    private void line(String name, String value) {
        lines.add(new Line(name, value));
    }

    private void tell(Event event) {
        switch (event) {
            case Commit commit -> {
                line("whole", commit.whole() ? "yes" : "no, the source gave less than all");
                commit.parts().forEach(part -> line("part", "record " + part));
                tell(commit.capture(), commit.chunks());
            }
            case Part part -> {
                line("part", part.part());
                tell(part.capture(), part.chunks());
            }
            case Amend amend -> tell(amend.capture(), amend.chunks());
            case Empty empty -> tell(empty.capture(), List.of());
            case Gap gap -> line("reason", gap.reason());
            case GapAck ack -> line("note", ack.note());
            case Attempt attempt -> line("problem", attempt.problem());
            case Expire expire -> {
                line("rule", expire.rule());
                expire.ranges().forEach(range -> line("range", range(range)));
            }
            case SweepPlan plan -> plan.keys().forEach(key -> line("deletes", key));
            case SweepDone done -> line("plan", "record " + done.plan());
            case Pin pin -> {
                line("holder", pin.holder());
                line("range", range(pin.range()));
                line("note", pin.note());
            }
            case Unpin unpin -> line("holder", unpin.holder());
            case Config config ->
                    new TreeMap<>(config.settings())
                            .forEach((name, value) -> line("setting", name + " = " + value));
            case Reread reread -> reread.slices().forEach(slice -> line("same", range(slice)));
            case Accepted accepted -> {
                line("tenant", accepted.tenant());
                line("manifest", accepted.manifest());
            }
            case Planned planned -> line("plan", planned.plan());
            case Cancel cancel -> line("note", cancel.note());
            case Resume resume -> line("note", resume.note());
            case Report report -> {
                line("number", Long.toString(report.number()));
                line("state", report.state());
                line("report", report.sha256());
            }
            case State state -> state.pages().forEach(page -> line("page", page(page)));
        }
    }

    private void tell(Capture capture, List<ChunkRef> chunks) {
        Duration step = Duration.ofMillis(capture.stepMs());
        line(
                "capture",
                capture.mode()
                        + known(" of ", capture.source())
                        + known(", version ", capture.version())
                        + known(", every ", step.isZero() ? "" : TimeText.of(step)));
        capture.lost().forEach(lost -> line("lost", lost));
        capture.warnings().forEach(warning -> line("warning", warning));
        new TreeMap<>(capture.notes()).forEach((name, note) -> line("noted", name + " = " + note));
        chunks.forEach(chunk -> line("chunk", chunk(chunk)));
    }

    /// What is not known is left out.
    private static String known(String word, String what) {
        return what.isEmpty() ? "" : word + what;
    }

    private static String chunk(ChunkRef chunk) {
        return "%s-%s: %s of %s, %s"
                .formatted(
                        chunk.attempt(),
                        chunk.sha256(),
                        Count.of(chunk.summary().samples(), "sample"),
                        Count.of(chunk.summary().series(), "series"),
                        Count.of(chunk.summary().bytes(), "byte"));
    }

    private static String page(Page page) {
        return "records %d to %d, %s, %s"
                .formatted(
                        page.first(), page.last(), Count.of(page.bytes(), "byte"), page.sha256());
    }

    private static String range(TimeRange range) {
        return "%s to %s".formatted(Times.text(range.startMs()), Times.text(range.endMs()));
    }
}
