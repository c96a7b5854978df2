package io.tsvault.cli;

import io.tsvault.core.export.Progress;
import io.tsvault.core.series.TimeRange;

import java.io.PrintWriter;
import java.time.Duration;

/// How a backup gets on: one line that changes on a terminal, a line for each slice elsewhere, or
/// none where only a program listens.
final class ProgressLine implements Progress, AutoCloseable {
    private static final long EVERY_NS = Duration.ofMillis(200).toNanos();

    private final PrintWriter err;
    private final String stream;
    private final boolean terminal;
    private final boolean silent;
    private final long begunNs = System.nanoTime();
    private long toldNs;
    private long done;
    private long left;
    private long samples;
    private long kept;
    private long bytes;
    private String slice = "";
    private boolean open;

    private ProgressLine(PrintWriter err, String stream, boolean terminal, boolean silent) {
        this.err = err;
        this.stream = stream;
        this.terminal = terminal;
        this.silent = silent;
    }

    static ProgressLine on(PrintWriter err, String stream) {
        return on(err, stream, false);
    }

    /// @param asJson does a program read the result? Then only warnings are told, but to a terminal
    static ProgressLine on(PrintWriter err, String stream, boolean asJson) {
        boolean terminal = Onlooker.isThere();
        return new ProgressLine(err, stream, terminal, asJson && !terminal);
    }

    @Override
    public void begins(TimeRange next, long before, long after) {
        if (slice.isEmpty() && !silent) {
            err.println(
                    "%s: %s due, from %s"
                            .formatted(
                                    stream, Count.of(after, "slice"), Times.text(next.startMs())));
        }
        done = before;
        left = after;
        slice = Times.text(next.startMs());
        show(false);
    }

    @Override
    public void reads(long more) {
        samples += more;
        show(false);
    }

    @Override
    public void ends(TimeRange ended, String outcome, long stored) {
        bytes += stored;
        kept = samples;
        done++;
        left--;
        if (!terminal && !silent) {
            err.println(
                    "%s: slice %s %s, %,d bytes; %d of %d; %s"
                            .formatted(
                                    stream,
                                    Times.text(ended.startMs()),
                                    outcome,
                                    stored,
                                    done,
                                    done + left,
                                    speed()));
        }
        show(left == 0);
    }

    @Override
    public void warns(String warning) {
        clear();
        err.println("tsvault: " + warning);
    }

    private void show(boolean last) {
        long nowNs = System.nanoTime();
        if (!terminal || (!last && nowNs - toldNs < EVERY_NS)) {
            return;
        }
        toldNs = nowNs;
        err.print(
                "\r\033[K%s %d/%d  %s  %s  %s%s"
                        .formatted(stream, done, done + left, slice, speed(), size(), remaining()));
        err.flush();
        open = true;
    }

    private String speed() {
        double seconds = Math.max(1e-3, (System.nanoTime() - begunNs) / 1e9);
        return "%,.0f samples/s".formatted(samples / seconds);
    }

    private String size() {
        return kept == 0
                ? ""
                : "%,d bytes, %.2f per sample  ".formatted(bytes, (double) bytes / kept);
    }

    private String remaining() {
        if (done == 0 || left == 0) {
            return "";
        }
        long seconds = (System.nanoTime() - begunNs) / 1_000_000_000L * left / done;
        return "about " + Times.length(0, 1000 * seconds) + " left";
    }

    private void clear() {
        if (open) {
            err.print("\r\033[K");
            open = false;
        }
    }

    @Override
    public void close() {
        clear();
        err.flush();
    }
}
