package io.tsvault.cli;

import com.fasterxml.jackson.core.JsonGenerator;

import io.tsvault.aws.S3Store;
import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.store.Finding;
import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.store.StoreProbe;
import io.tsvault.core.vault.Vault;
import io.tsvault.core.vault.record.UnsupportedVault;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/// Finds what is wrong before it matters.
@Command(
        name = "doctor",
        description = "Find what is wrong with this machine, and with the place of a vault.")
final class DoctorCommand implements Callable<Integer> {
    private static final String NOT_TRIED =
            "all else about this place: it has to let us list first";

    @ParentCommand private Main main = new Main();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        List<Finding> findings = new ArrayList<>(new Machine(System.getenv()).examine());
        if (main.namesVault()) {
            findings.addAll(examine(main.vault()));
        }
        PrintWriter out = spec.commandLine().getOut();
        if (main.wantsJson()) {
            Json.print(out, json -> write(json, findings));
        } else {
            for (Finding finding : findings) {
                out.println(
                        "%-5s %-12s %s"
                                .formatted(finding.state(), finding.what(), finding.detail()));
            }
        }
        return findings.stream().anyMatch(Finding::isBad) ? Failure.NOT_WHOLE : 0;
    }

    /// Tries the place of a vault; what it writes there it removes.
    private static List<Finding> examine(VaultAddress address) {
        List<Finding> findings = new ArrayList<>();
        if (address.isS3()) {
            try (S3Store bucket = address.bucket()) {
                findings.addAll(bucket.examine());
                if (findings.stream().anyMatch(DoctorCommand::refusesAll)) {
                    findings.add(Finding.warn("not tried", NOT_TRIED));
                } else {
                    addNew(findings, probed(bucket));
                    findings.addAll(vault(bucket));
                }
            }
        } else {
            ObjectStore folder = address.open();
            findings.addAll(probed(folder));
            findings.addAll(vault(folder));
        }
        return findings;
    }

    /// Whatever is tried behind that says the same once more.
    private static boolean refusesAll(Finding finding) {
        return finding.what().equals("list") && finding.isBad();
    }

    private static List<Finding> probed(ObjectStore store) {
        return StoreProbe.of(store, Clock.systemUTC(), new SecureRandom());
    }

    /// What two have looked at is told once; when only one found it bad, that.
    private static void addNew(List<Finding> findings, List<Finding> more) {
        for (Finding finding : more) {
            boolean told = findings.stream().anyMatch(one -> one.what().equals(finding.what()));
            if (!told || finding.isBad()) {
                findings.removeIf(one -> one.what().equals(finding.what()) && !one.isBad());
                findings.add(finding);
            }
        }
    }

    /// Nothing, where no vault was made yet.
    private static List<Finding> vault(ObjectStore store) {
        try {
            boolean empty = store.list("", "", 1).isEmpty();
            return empty ? List.of() : List.of(opened(store));
        } catch (DamagedVault e) {
            return List.of(Finding.bad("vault", e.getMessage() + "; " + Failure.remedy(e.key())));
        } catch (Permanent | Transient | UnsupportedVault e) {
            return List.of(Finding.bad("vault", String.valueOf(e.getMessage())));
        }
    }

    private static Finding opened(ObjectStore store) {
        Vault vault = Vault.open(store, VaultTask.surroundings());
        String kind = vault.isCopy() ? "a copy of " : "";
        return Finding.ok(
                "vault",
                "%s%s, %s".formatted(kind, vault.id(), Count.of(vault.streams().size(), "stream")));
    }

    private static void write(JsonGenerator json, List<Finding> findings) throws IOException {
        json.writeStartArray();
        for (Finding finding : findings) {
            json.writeStartObject();
            json.writeStringField("what", finding.what());
            json.writeStringField("state", finding.state().toString());
            json.writeStringField("detail", finding.detail());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
