package io.tsvault.cli;

import io.tsvault.core.compare.Comparison.Result;
import io.tsvault.core.compare.Difference;
import io.tsvault.core.config.Registry;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.json.Json;
import io.tsvault.core.manifest.Manifest;
import io.tsvault.core.restore.Audit;
import io.tsvault.core.restore.Audit.Likeness;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Source;
import io.tsvault.core.vault.Vault;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Holds a backup against a live server.
@Command(
        name = "compare",
        description = {
            "Hold a backup against a live server, sample by sample; changes neither.",
            "Compares the times that are backed up. The server may have series that the backup has"
                    + " not."
        })
final class CompareCommand extends VaultTask {
    private static final int MOST_TOLD = 20;
    private static final int MOST_LISTED = 10_000;

    @Option(
            names = "--stream",
            required = true,
            paramLabel = "NAME",
            description = "Which backup; may be repeated.")
    private List<String> streams = List.of();

    @Option(
            names = "--with",
            required = true,
            paramLabel = "NAME|URL",
            description = "A registered source or target, or any server.")
    private String with = "";

    @Mixin private PartOptions part = new PartOptions();

    @Override
    Answer answer() {
        Vault vault = vault();
        List<Difference> differences = new ArrayList<>();
        try (Source server = Sources.open(settings(vault), false)) {
            Likeness found =
                    new Audit(vault, server)
                            .run(
                                    Manifest.of(wishes()),
                                    difference -> {
                                        if (isTold(difference)
                                                && differences.size() < MOST_LISTED) {
                                            differences.add(difference);
                                        }
                                    });
            return new Answer(
                    text(found, differences),
                    json(found, differences),
                    found.isEqual() ? 0 : Failure.NOT_WHOLE);
        }
    }

    /// Series that the backup has not are counted and not listed.
    private static boolean isTold(Difference difference) {
        return difference.kind() != Difference.Kind.FOREIGN;
    }

    private Map<String, String> settings(Vault vault) {
        if (Sources.isUrl(with)) {
            return Map.of("url", with);
        }
        return Stream.of(Registry.Kind.SOURCES, Registry.Kind.TARGETS)
                .map(kind -> new Registry(vault, kind).find(with))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(
                        () ->
                                new Permanent(
                                        "there is no source and no target %s; name a URL, or see tsvault source list"
                                                .formatted(with)));
    }

    private Json wishes() {
        return part.in(
                Json.object()
                        .with("tsvaultManifest", 1)
                        .with("target", Sources.isUrl(with) ? Sources.nameOf(with) : with)
                        .with("stream", streams));
    }

    private String text(Likeness found, List<Difference> differences) {
        Result result = found.result();
        StringBuilder text = new StringBuilder();
        text.append(
                """
                %s: %s and %s, by %s
                  samples equal          %,d
                    of them rounded      %,d
                  missing in the server  %,d
                  with another value     %,d
                  only in the server     %,d
                  of other series        %,d
                  NaN, not kept there    %,d
                  there twice            %,d
                """
                        .formatted(
                                found.isEqual() ? "EQUAL" : "NOT EQUAL",
                                String.join(", ", streams),
                                with,
                                found.mode(),
                                result.equal(),
                                result.rounded(),
                                result.missing(),
                                result.changed(),
                                result.extra(),
                                result.foreign(),
                                result.unkept(),
                                result.doubled()));
        differences.stream().limit(MOST_TOLD).forEach(one -> text.append(line(one)));
        if (differences.size() > MOST_TOLD) {
            text.append("  and more: --json lists %,d%n".formatted(MOST_LISTED));
        }
        return text.toString();
    }

    private static String line(Difference difference) {
        return "  %-7s %s, %s to %s: %s%s%n"
                .formatted(
                        difference.kind().toString().toLowerCase(Locale.ROOT),
                        difference.series(),
                        Times.text(difference.firstMs()),
                        Times.text(difference.lastMs()),
                        Count.of(difference.samples(), "sample"),
                        difference.kind() == Difference.Kind.CHANGED
                                ? ", the first is %s in the backup and %s there"
                                        .formatted(difference.expected(), difference.actual())
                                : "");
    }

    private Json json(Likeness found, List<Difference> differences) {
        Result result = found.result();
        return Json.object()
                .with("streams", streams)
                .with("with", with)
                .with("mode", found.mode().toString())
                .with(
                        "covered",
                        Json.of(found.covered().stream().map(CompareCommand::json).toList()))
                .with("isEqual", found.isEqual())
                .with("equal", result.equal())
                .with("rounded", result.rounded())
                .with("missing", result.missing())
                .with("changed", result.changed())
                .with("extra", result.extra())
                .with("foreign", result.foreign())
                .with("unkept", result.unkept())
                .with("doubled", result.doubled())
                .with("differences", Json.of(differences.stream().map(Difference::json).toList()));
    }

    private static Json json(TimeRange range) {
        return Json.object()
                .with("from", Times.text(range.startMs()))
                .with("to", Times.text(range.endMs()));
    }
}
