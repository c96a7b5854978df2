package io.tsvault.core.vault.sim;

import io.tsvault.core.vault.Deposit;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.StreamState.Settled;
import io.tsvault.core.vault.StreamState.Status;

import java.util.Optional;

/// Reads a slice again, and finds it different each time.
class Amender extends Exporter {
    private static final int MOST_REVISIONS = 3;

    private final int number;

    Amender(int number) {
        super(number);
        this.number = number;
    }

    @Override
    public void run(Actor me) {
        StreamLog log = me.log();
        Optional<Settled> settled = log.state().slice(Slices.slice(number));
        if (settled.filter(this::isToAmend).isPresent()) {
            keep(me, log, settled.get().revisions().size());
        }
    }

    private boolean isToAmend(Settled settled) {
        return settled.status() != Status.EXPIRED && settled.revisions().size() < MOST_REVISIONS;
    }

    @Override
    void keep(Actor me, StreamLog log, int revisions) {
        Deposit deposit = begin(me, log, number);
        deposit.add(Slices.chunk(number, 0, revisions + 1));
        told(me, number, deposit.amend(revisions, Slices.CAPTURE), revisions + 1);
    }
}
