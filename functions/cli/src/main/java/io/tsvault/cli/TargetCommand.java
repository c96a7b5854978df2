package io.tsvault.cli;

import io.tsvault.core.config.Registry.Kind;
import io.tsvault.core.config.TimeText;
import io.tsvault.core.json.Json;
import io.tsvault.core.source.Mode;
import io.tsvault.core.target.Standing;
import io.tsvault.core.target.Target;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.time.Instant;
import java.util.Map;

/// Servers that are written to.
@Command(
        name = "target",
        description = "The servers that backups are restored into.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ServerAdd.class,
            RegistryTask.All.class,
            RegistryTask.Show.class,
            TargetCommand.Test.class,
            RegistryTask.Remove.class
        })
final class TargetCommand extends RegistryTask.Group {
    @Override
    Kind kind() {
        return Kind.TARGETS;
    }

    /// Asks a target what it takes.
    @Command(name = "test", description = "Ask a server what it takes, and in which order.")
    static final class Test extends RegistryTask {
        @Parameters(paramLabel = "NAME|URL", description = "Which.")
        private String name = "";

        @Override
        Answer answer() {
            Map<String, String> settings =
                    Sources.isUrl(name) ? Map.of("url", name) : registry().get(name);
            try (Target target = Targets.open(settings)) {
                Standing standing = target.probe();
                return Answer.done(text(target, standing), json(target, standing));
            }
        }

        private String text(Target target, Standing standing) {
            StringBuilder text = new StringBuilder();
            text.append("%s is %s%n".formatted(name, standing.name()));
            text.append("  takes            %s%n".formatted(order(standing)));
            text.append("  newest sample    %s%n".formatted(newest(standing)));
            text.append(
                    "  keeps            %s%n"
                            .formatted(
                                    standing.retention()
                                            .map(TimeText::of)
                                            .orElse("nobody knows how long")));
            text.append("  is read back by  %s%n".formatted(readBack(target)));
            standing.notes().forEach(note -> text.append("  note             " + note + "\n"));
            return text.toString();
        }

        private static String readBack(Target target) {
            return target.readMode()
                    .map(Mode::toString)
                    .orElse("nothing: what is written there cannot be proven");
        }

        private static String order(Standing standing) {
            Standing.Order order = standing.order();
            if (order.any()) {
                return "samples in any order";
            }
            return order.window().isZero()
                    ? "only samples newer than the last one of their series, and at most "
                            + TimeText.of(order.inOrder())
                            + " older than its newest of all"
                    : "samples up to " + TimeText.of(order.window()) + " older than its newest";
        }

        private static String newest(Standing standing) {
            return standing.headMs().isPresent()
                    ? Instant.ofEpochMilli(standing.headMs().getAsLong()).toString()
                    : "none";
        }

        private static Json json(Target target, Standing standing) {
            return Json.object()
                    .with("product", standing.product())
                    .with("version", standing.version())
                    .with("identity", standing.identity())
                    .with("clock", standing.clock().toString())
                    .with("order", order(standing))
                    .with("newest", newest(standing))
                    .with("retention", standing.retention().map(TimeText::of).orElse(""))
                    .with("readBack", readBack(target))
                    .with("notes", standing.notes());
        }
    }
}
