package io.tsvault.cli;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.Vault;
import io.tsvault.core.vault.VaultCheck.Problem;
import io.tsvault.core.vault.record.LogName;
import io.tsvault.core.vault.record.UnsupportedVault;

import java.util.ArrayList;
import java.util.List;

/// The streams that a command is about: a log that cannot be read keeps no other from its turn.
///
/// @param logs as far as they are there: one may have lost its end
/// @param unread why some are missing, or their ends
/// @param odd why others are, that another version wrote: they are not damaged
record Opened(List<StreamLog> logs, Damage unread, List<String> odd) {
    static Opened of(Vault vault, List<String> names) {
        List<StreamLog> logs = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        List<String> odd = new ArrayList<>();
        for (String name : names) {
            try {
                StreamLog log = vault.stream(name);
                logs.add(log);
                log.lostEnd().ifPresent(problems::add);
            } catch (DamagedVault | Permanent e) {
                problems.add(Problem.of(LogName.ofStream(name), e));
            } catch (UnsupportedVault e) {
                odd.add(String.valueOf(e.getMessage()));
            }
        }
        return new Opened(
                logs, new Damage(problems.stream().distinct().toList()), List.copyOf(odd));
    }

    /// What there is to say of those that are missing.
    String text() {
        StringBuilder text = new StringBuilder();
        odd.forEach(why -> text.append(why).append('\n'));
        return unread.isEmpty()
                ? text.toString()
                : text + unread.text("damaged: ") + unread.remedies().indent(-2);
    }

    /// The code to exit with, when that of the others is this.
    int code(int others) {
        if (others != 0 || (unread.isEmpty() && odd.isEmpty())) {
            return others;
        }
        return unread.isEmpty() ? Failure.WRONG_USE : Failure.NOT_WHOLE;
    }
}
