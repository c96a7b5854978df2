package io.tsvault.core.vault.sim;

import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.Vault;
import io.tsvault.core.vault.record.Event.Attempt;
import io.tsvault.core.vault.record.Event.Attempt.Outlook;

import java.util.Optional;

/// Makes a vault whose log has so many records, of which the first ones are commits.
record Init(int slices, int records) implements Program {
    @Override
    public void run(Actor me) {
        Vault.init(me.store(me.world().main()), me.surroundings());
        new Exporter(slices).run(me);
        StreamLog log = me.log();
        while (log.head().seq() < records) {
            log.append(
                    state ->
                            log.head().seq() < records
                                    ? Optional.of(
                                            new Attempt(
                                                    Slices.slice(slices),
                                                    "no answer",
                                                    Outlook.TIME))
                                    : Optional.empty());
        }
    }
}
