package io.tsvault.cli;

import io.tsvault.core.replay.Replay.Outcome;
import io.tsvault.core.restore.Watcher;

import java.io.PrintWriter;
import java.time.Duration;

/// How a restore gets on: one line that changes on a terminal, a line now and then elsewhere.
final class RestoreLine implements Watcher {
    private static final long ON_TERMINAL_NS = Duration.ofMillis(200).toNanos();
    private static final long ELSEWHERE_NS = Duration.ofSeconds(10).toNanos();

    private final PrintWriter err;
    private final boolean terminal = Onlooker.isThere();
    private final long begunNs = System.nanoTime();
    private long toldNs = begunNs;
    private String phase = "";
    private boolean open;

    RestoreLine(PrintWriter err) {
        this.err = err;
    }

    /// What is written next begins a line.
    void ends() {
        if (open) {
            err.println();
            err.flush();
            open = false;
        }
    }

    @Override
    public void enters(String next) {
        ends();
        phase = next;
        if (!terminal) {
            err.println("tsvault: " + phase);
        }
    }

    @Override
    public void brought(long doneMs, double share, Outcome soFar) {
        long nowNs = System.nanoTime();
        if (nowNs - toldNs < (terminal ? ON_TERMINAL_NS : ELSEWHERE_NS)) {
            return;
        }
        toldNs = nowNs;
        double seconds = (nowNs - begunNs) / 1e9;
        long left = (long) (1000 * seconds * (1 - share) / Math.max(1e-9, share));
        String line =
                "%s %3.0f %%  up to %s  %,d written, %,d there before, %,d differ  %,.0f samples/s  about %s left"
                        .formatted(
                                phase,
                                100 * share,
                                Times.text(doneMs),
                                soFar.written(),
                                soFar.before(),
                                soFar.conflicts(),
                                soFar.expected() / seconds,
                                Times.length(0, left / 1000 * 1000));
        if (terminal) {
            err.print("\r\033[K" + line);
            err.flush();
            open = true;
        } else {
            err.println(line);
        }
    }
}
