package io.tsvault.cli;

import io.tsvault.core.json.Json;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.StreamState.Revision;
import io.tsvault.core.vault.StreamState.Settled;
import io.tsvault.core.vault.Vault;
import io.tsvault.core.vault.record.ChunkRef;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Lists slices.
@Command(name = "list", description = "The slices of each stream, and what became of them.")
final class ListCommand extends VaultTask {
    @Parameters(arity = "0..*", paramLabel = "STREAM", description = "Only these; else all.")
    private List<String> names = List.of();

    @Override
    Answer answer() {
        Vault vault = vault();
        Table table = new Table();
        table.row("stream", "from", "to", "state", "revisions", "chunks", "samples", "bytes");
        List<Json> slices = new ArrayList<>();
        Opened opened = opened(vault, names);
        for (StreamLog log : opened.logs()) {
            String name = log.name().id();
            for (Settled settled : log.state().slices()) {
                table.row(
                        name,
                        Times.text(settled.slice().startMs()),
                        Times.text(settled.slice().endMs()),
                        state(settled),
                        String.valueOf(settled.revisions().size()),
                        String.valueOf(settled.chunks().size()),
                        "%,d".formatted(samples(settled)),
                        "%,d".formatted(bytes(settled)));
                slices.add(json(name, settled));
            }
        }
        StringWriter text = new StringWriter();
        table.print(new PrintWriter(text));
        opened.unread().problems().forEach(lost -> err().println("damaged: " + lost.key()));
        opened.odd().forEach(err()::println);
        return new Answer(text.toString(), Json.of(slices), opened.code(0));
    }

    private static Json json(String stream, Settled settled) {
        return Json.object()
                .with("stream", stream)
                .with("from", Times.text(settled.slice().startMs()))
                .with("to", Times.text(settled.slice().endMs()))
                .with("state", state(settled))
                .with("record", settled.seq())
                .with(
                        "revisions",
                        Json.of(settled.revisions().stream().map(ListCommand::json).toList()))
                .with("samples", samples(settled))
                .with("storedBytes", bytes(settled));
    }

    private static Json json(Revision revision) {
        return Json.object()
                .with("record", revision.seq())
                .with("written", Times.text(revision.writtenMs()))
                .with("chunks", revision.chunks().stream().map(ChunkRef::sha256).toList());
    }

    private static String state(Settled settled) {
        String state = settled.status().name().toLowerCase(Locale.ROOT);
        return settled.acknowledged() ? state + " (seen)" : state;
    }

    private static long samples(Settled settled) {
        return settled.chunks().stream().mapToLong(chunk -> chunk.summary().samples()).sum();
    }

    private static long bytes(Settled settled) {
        return settled.chunks().stream().mapToLong(chunk -> chunk.summary().bytes()).sum();
    }
}
