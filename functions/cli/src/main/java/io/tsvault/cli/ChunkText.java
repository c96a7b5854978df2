package io.tsvault.cli;

import io.tsvault.core.chunk.ChunkAnatomy;
import io.tsvault.core.chunk.ChunkAnatomy.Mode;
import io.tsvault.core.chunk.ChunkAnatomy.Use;
import io.tsvault.core.chunk.ChunkAnatomy.Window;
import io.tsvault.core.chunk.ChunkSummary;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/// A [ChunkReport] for people.
final class ChunkText {
    /// More rows than a screen has are no help.
    private static final int MAX_WINDOWS = 20;

    private final ChunkReport report;
    private final ChunkSummary summary;
    private final ChunkAnatomy anatomy;
    private final PrintWriter out;

    ChunkText(ChunkReport report, PrintWriter out) {
        this.report = report;
        this.summary = report.summary();
        this.anatomy = report.anatomy();
        this.out = out;
    }

    void print() {
        head();
        out.println();
        uses();
        out.println();
        modes();
        out.println();
        windows();
    }

    private void head() {
        line("chunk", report.file());
        line("format", anatomy.format());
        line("bytes", count(summary.bytes()));
        line("sha256", report.sha256());
        report.properties().forEach((name, value) -> line("property", name + " = " + value));
        line("series", count(summary.series()));
        line("samples", count(summary.samples()) + histograms());
        if (summary.samples() > 0) {
            long minMs = summary.minTimeMs();
            long maxMs = summary.maxTimeMs();
            line("time", Times.text(minMs) + " to " + Times.text(maxMs));
            line("length", Times.length(minMs, maxMs));
        }
        String unnamed = each(summary.bytes() - labelBytes());
        line("B/sample", each(summary.bytes()) + ", " + unnamed + " without labels");
        line("families", count(report.metadata()) + " with metadata");
        line("row groups", verified());
    }

    private void line(String name, String value) {
        out.println("%-12s%s".formatted(name, value));
    }

    private String histograms() {
        long histograms = anatomy.histograms();
        return histograms == 0 ? "" : ", of them histograms " + count(histograms);
    }

    private String verified() {
        int all = summary.rowGroups();
        int damaged = all - anatomy.verified();
        return damaged == 0
                ? "all " + count(all) + " verified"
                : count(anatomy.verified()) + " verified, " + count(damaged) + " DAMAGED";
    }

    private void uses() {
        Table table = new Table().row("bytes of", "bytes", "share", "B/sample");
        for (Use use : anatomy.uses()) {
            long bytes = use.bytes();
            table.row(use.what(), count(bytes), share(bytes, summary.bytes()), each(bytes));
        }
        table.print(out);
    }

    private void modes() {
        Table table = new Table().row("written as", "values", "share", "columns");
        long values = anatomy.modes().stream().mapToLong(Mode::values).sum();
        for (Mode mode : anatomy.modes()) {
            String share = share(mode.values(), values);
            table.row(mode.name(), count(mode.values()), share, count(mode.columns()));
        }
        ChunkAnatomy.Timestamps timestamps = anatomy.timestamps();
        table.row("timestamps", count(timestamps.written()), "", count(timestamps.vectors()));
        table.print(out);
    }

    private void windows() {
        List<Window> windows = anatomy.windows();
        Table table = new Table();
        table.row("window", "row groups", "series", "samples", "bytes", "B/sample");
        for (Window window : windows.subList(0, Math.min(MAX_WINDOWS, windows.size()))) {
            table.row(
                    Times.text(window.startMs()),
                    count(window.rowGroups()),
                    count(window.series()),
                    count(window.samples()),
                    count(window.bytes()),
                    each(window.bytes(), window.samples()));
        }
        table.print(out);
        if (windows.size() > MAX_WINDOWS) {
            out.println("... " + count(windows.size() - MAX_WINDOWS) + " more, all with --json");
        }
    }

    private long labelBytes() {
        return anatomy.uses().stream()
                .filter(use -> use.what().equals("labels"))
                .mapToLong(Use::bytes)
                .sum();
    }

    private String each(long bytes) {
        return each(bytes, summary.samples());
    }

    private static String each(long bytes, long samples) {
        return samples == 0 ? "-" : String.format(Locale.ROOT, "%.3f", (double) bytes / samples);
    }

    private static String share(long part, long all) {
        return String.format(Locale.ROOT, "%.1f %%", 100.0 * part / all);
    }

    private static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
