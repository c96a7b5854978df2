package io.tsvault.cli;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.Vault;
import io.tsvault.core.vault.VaultCheck.Problem;
import io.tsvault.core.vault.record.LogName;
import io.tsvault.core.vault.record.UnsupportedVault;

import java.util.ArrayList;
import java.util.List;

/// The streams that a command is about: a log that cannot be read keeps no other from its turn.
///
/// @param unread why some are missing
record Opened(List<StreamLog> logs, Damage unread) {
    static Opened of(Vault vault, List<String> names) {
        List<StreamLog> logs = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (String name : names) {
            try {
                logs.add(vault.stream(name));
            } catch (DamagedVault | UnsupportedVault e) {
                problems.add(Problem.of(LogName.ofStream(name), e));
            }
        }
        return new Opened(logs, new Damage(problems));
    }

    /// What there is to say of those that are missing.
    String text() {
        return unread.isEmpty() ? "" : unread.text("damaged: ") + Failure.REMEDY + "\n";
    }

    /// The code to exit with, when that of the others is this.
    int code(int others) {
        return others == 0 && !unread.isEmpty() ? Failure.NOT_WHOLE : others;
    }
}
