package io.tsvault.core.vault.sim;

import io.tsvault.core.failure.Transient;
import io.tsvault.core.vault.Deposit;
import io.tsvault.core.vault.Deposit.Outcome;
import io.tsvault.core.vault.StreamLog;

import java.util.List;

/// Asks the same deposit again when its commit was given up, instead of beginning anew.
final class PatientExporter extends Exporter {
    private static final int MOST_ASKED = 3;

    PatientExporter(int slices) {
        super(slices);
    }

    @Override
    void keep(Actor me, StreamLog log, int number) {
        Deposit deposit = begin(me, log, number);
        add(deposit, number);
        told(me, number, commit(deposit), 1);
    }

    private static Outcome commit(Deposit deposit) {
        for (int asked = 1; ; asked++) {
            try {
                return deposit.commit(true, List.of(), Slices.CAPTURE);
            } catch (Transient e) {
                if (asked == MOST_ASKED) {
                    throw e;
                }
            }
        }
    }
}
