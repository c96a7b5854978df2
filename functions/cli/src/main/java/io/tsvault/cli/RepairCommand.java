package io.tsvault.cli;

import io.tsvault.core.json.Json;
import io.tsvault.core.vault.VaultCheck.Problem;
import io.tsvault.core.vault.VaultRepair;
import io.tsvault.core.vault.VaultRepair.Mend;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Brings back what was lost.
@Command(
        name = "repair",
        description = "Bring back what was lost, from a copy; says what, until --confirm.")
final class RepairCommand extends VaultTask {
    @Option(
            names = "--from",
            paramLabel = "OTHER",
            description =
                    "A copy: a folder or s3://bucket/prefix. Without one, what else is here helps:"
                            + " pages hold what their records held, and records what pages did.")
    private @Nullable String other;

    @Option(
            names = "--newer",
            description =
                    "Take also what OTHER has beyond the newest records here: this vault lost it.")
    private boolean newer;

    @Option(names = "--confirm", description = "Really do it.")
    private boolean confirm;

    @Override
    Answer answer() {
        VaultRepair repair = repair();
        List<Mend> mends = repair.plan();
        List<Problem> stays = new ArrayList<>(confirm ? repair.mend(mends) : List.of());
        stays.addAll(repair.unread());
        stays.addAll(repair.left());
        Outcome outcome = Outcome.of(mends, stays, confirm, LogEnds.of(repair, other));
        return new Answer(outcome.text(), outcome.json(), outcome.code());
    }

    private VaultRepair repair() {
        if (other == null) {
            if (newer) {
                throw new IllegalArgumentException(
                        "--newer goes with --from OTHER: newer than here");
            }
            return VaultRepair.alone(address().open(), surroundings());
        }
        VaultRepair repair = VaultRepair.of(address().open(), open(new VaultAddress(other)));
        return newer ? repair.takingNewer() : repair;
    }

    /// What becomes of what is damaged.
    ///
    /// @param back what comes back, or did
    /// @param lost what has no source, or could not be had from it
    /// @param rest what else keeps logs from being whole
    private record Outcome(
            List<Mend> back, List<Mend> lost, Damage rest, LogEnds ends, boolean confirmed) {
        static Outcome of(List<Mend> mends, List<Problem> stays, boolean confirmed, LogEnds ends) {
            Map<String, Problem> rest = new LinkedHashMap<>();
            stays.forEach(problem -> rest.putIfAbsent(problem.key(), problem));
            List<Mend> back = new ArrayList<>();
            List<Mend> lost = new ArrayList<>();
            for (Mend mend : mends) {
                boolean failed = rest.remove(mend.key()) != null;
                (failed || mend.source().isEmpty() ? lost : back).add(mend);
            }
            Damage stay = new Damage(List.copyOf(rest.values()));
            return new Outcome(back, lost, stay, ends, confirmed);
        }

        String text() {
            StringBuilder text = new StringBuilder();
            String comes = confirmed ? "came back from " : "comes back from ";
            back.forEach(mend -> text.append(line(mend, comes + mend.source().orElse(""))));
            lost.forEach(mend -> text.append(line(mend, "lost: a copy may have it, --from OTHER")));
            text.append(rest.text("stays: ")).append(rest.remedies()).append(ends.text());
            return text.append(end()).toString();
        }

        private static String line(Mend mend, String what) {
            String found = mend.missing() ? "missing" : "damaged";
            return "%s: %s; %s%n".formatted(found, mend.key(), what);
        }

        private String end() {
            String mended = Count.of(back.size(), "object") + (confirmed ? " mended" : " to mend");
            String all = lost.isEmpty() ? mended : "%s, %,d lost".formatted(mended, lost.size());
            if (!confirmed && !back.isEmpty()) {
                return all + "; " + Confirmation.DRY.text();
            }
            return code() == 0 ? all + "; " + Confirmation.DONE.text() : all;
        }

        Json json() {
            return ends.json()
                    .with("mended", back.stream().map(Mend::key).toList())
                    .with("lost", lost.stream().map(Mend::key).toList())
                    .with("stays", rest.json())
                    .with("done", code() == 0);
        }

        int code() {
            boolean whole = lost.isEmpty() && ends.isWhole() && (confirmed || back.isEmpty());
            return whole ? rest.code() : Failure.NOT_WHOLE;
        }
    }
}
