package io.tsvault.core.vault.sim;

import io.tsvault.core.series.TimeRange;
import io.tsvault.core.vault.Deposit;
import io.tsvault.core.vault.Deposit.Outcome;
import io.tsvault.core.vault.StreamLog;

import java.util.List;

/// Commits the first slices of a stream that are due, each from two chunks.
class Exporter implements Program {
    private static final int MOST_TRIES = 50;

    private final int slices;

    Exporter(int slices) {
        this.slices = slices;
    }

    @Override
    public void run(Actor me) {
        StreamLog log = me.log(place(me.world()));
        for (int number = first(log); number < slices; number++) {
            for (int tries = 0; log.state().isUnsettled(Slices.slice(number)); tries++) {
                Rule.DONE.require(tries < MOST_TRIES, "slice " + number + " again and again");
                keep(me, log, number);
            }
        }
        me.claimWatermark(place(me.world()), log, watermarkMs(log));
    }

    Place place(World world) {
        return world.main();
    }

    int first(StreamLog log) {
        return 0;
    }

    long watermarkMs(StreamLog log) {
        return log.state().watermarkMs(Slices.ORIGIN_MS);
    }

    void keep(Actor me, StreamLog log, int number) {
        Deposit deposit = begin(me, log, number);
        add(deposit, number);
        told(me, number, deposit.commit(true, List.of(), Slices.CAPTURE), 1);
    }

    static Deposit begin(Actor me, StreamLog log, int number) {
        me.beginAttempt();
        return log.deposit(Slices.slice(number));
    }

    static void add(Deposit deposit, int number) {
        deposit.add(Slices.chunk(number, 0, 1));
        deposit.add(Slices.chunk(number, 1, 1));
    }

    /// @param revision of the slice that this would have been
    final void told(Actor me, int number, Outcome outcome, int revision) {
        Audit audit = me.audit(place(me.world()));
        TimeRange slice = Slices.slice(number);
        switch (outcome) {
            case RECORDED -> audit.toldRecorded(slice, me.chunks(), revision);
            case SETTLED_BY_ANOTHER -> audit.toldLost(me.chunks());
            case SWEPT -> audit.toldSwept(me.chunks());
        }
    }
}
