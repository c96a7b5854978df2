package io.tsvault.cli;

import io.tsvault.core.json.Json;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.StreamState;
import io.tsvault.core.vault.StreamState.Settled;
import io.tsvault.core.vault.StreamState.Status;
import io.tsvault.core.vault.Vault;
import io.tsvault.core.vault.record.Event.GapAck;
import io.tsvault.core.vault.record.Event.Resume;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Records that a person has seen the gaps of a stream, and why it halted.
@Command(
        name = "ack",
        description = {
            "Record that the gaps of a stream were seen: status tells of new ones only.",
            "A stream that has halted goes on with the next backup."
        })
final class AckCommand extends VaultTask {
    @Parameters(paramLabel = "STREAM", description = "Whose gaps.")
    private String name = "";

    @Option(
            names = "--note",
            paramLabel = "TEXT",
            required = true,
            description = "Who has seen them, and what came of it.")
    private String note = "";

    @Override
    Answer answer() {
        Vault vault = vault();
        StreamLog log = vault.stream(streams(vault, List.of(name)).getFirst());
        List<TimeRange> seen = new ArrayList<>();
        for (TimeRange gap : gaps(log.state())) {
            boolean recorded =
                    log.append(
                                    state ->
                                            gaps(state).contains(gap)
                                                    ? Optional.of(new GapAck(gap, note))
                                                    : Optional.empty())
                            .isPresent();
            if (recorded) {
                seen.add(gap);
            }
        }
        boolean goesOn =
                log.append(
                                state ->
                                        state.halt().isPresent()
                                                ? Optional.of(new Resume(note))
                                                : Optional.empty())
                        .isPresent();
        StringBuilder text = new StringBuilder();
        text.append(goesOn ? "%s goes on with the next backup%n".formatted(name) : "");
        text.append(
                seen.isEmpty() && goesOn
                        ? ""
                        : "acknowledged: %s of %s%n".formatted(Count.of(seen.size(), "gap"), name));
        seen.forEach(
                gap ->
                        text.append(
                                "  %s to %s%n"
                                        .formatted(
                                                Times.text(gap.startMs()),
                                                Times.text(gap.endMs()))));
        return Answer.done(
                text.toString(),
                Json.object()
                        .with("stream", name)
                        .with("acknowledged", seen.size())
                        .with("resumed", goesOn));
    }

    private static List<TimeRange> gaps(StreamState state) {
        return state.slices().stream()
                .filter(settled -> settled.status() == Status.GAP && !settled.acknowledged())
                .map(Settled::slice)
                .toList();
    }
}
