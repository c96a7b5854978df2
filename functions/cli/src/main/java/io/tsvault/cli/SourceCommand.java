package io.tsvault.cli;

import io.tsvault.core.config.Registry.Kind;
import io.tsvault.core.config.TimeText;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.json.Json;
import io.tsvault.core.source.Abilities;
import io.tsvault.core.source.Source;
import io.tsvault.core.source.Way;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Servers that are read from.
@Command(
        name = "source",
        description = "The servers that are backed up.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ServerAdd.class,
            RegistryTask.All.class,
            RegistryTask.Show.class,
            SourceCommand.Test.class,
            RegistryTask.Remove.class
        })
final class SourceCommand extends RegistryTask.Group {
    @Override
    Kind kind() {
        return Kind.SOURCES;
    }

    /// Asks a source what it can.
    @Command(name = "test", description = "Ask a server what it is and how it can be read.")
    static final class Test extends RegistryTask {
        @Parameters(paramLabel = "NAME|URL", description = "Which.")
        private String name = "";

        @Override
        Answer answer() {
            Map<String, String> settings =
                    Sources.isUrl(name) ? Map.of("url", name) : registry().get(name);
            try (Source source = Sources.open(settings, false)) {
                Abilities abilities = source.probe();
                Optional<String> step = ScrapeInterval.of(source, abilities).map(TimeText::of);
                Json.Members json = json(abilities);
                return Answer.done(
                        text(abilities) + step.map(Test::proposal).orElse(""),
                        step.map(found -> json.with("scrapeInterval", found)).orElse(json));
            } catch (Permanent e) {
                throw new Permanent("source %s: %s".formatted(name, e.getMessage()), e);
            }
        }

        private static String proposal(String step) {
            return "  scraped every    %s; on a grid take --mode query-range --step %s%n"
                    .formatted(step, step);
        }

        private String text(Abilities abilities) {
            StringBuilder text = new StringBuilder();
            text.append("%s is %s%n".formatted(name, product(abilities)));
            text.append("  identity         %s%n".formatted(identity(abilities)));
            text.append("  its clock        %s%n".formatted(abilities.clock()));
            List<Way> ways = abilities.ways();
            for (Way way : ways) {
                text.append(
                        "  %-16s %s loses %s%n"
                                .formatted(
                                        way.equals(ways.getFirst()) ? "best way" : "also",
                                        way,
                                        String.join(", ", way.lost())));
            }
            abilities.notes().forEach(note -> text.append("  note             " + note + "\n"));
            return text.toString();
        }

        private static String product(Abilities abilities) {
            String product = (abilities.product() + " " + abilities.version()).strip();
            return product.isEmpty() ? "a server that does not tell what it is" : product;
        }

        private static String identity(Abilities abilities) {
            return abilities.namingAdvice().map("none: "::concat).orElseGet(abilities::identity);
        }

        private static Json.Members json(Abilities abilities) {
            List<Json> ways = new ArrayList<>();
            for (Way way : abilities.ways()) {
                ways.add(Json.object().with("way", way.toString()).with("loses", way.lost()));
            }
            return Json.object()
                    .with("product", abilities.product())
                    .with("version", abilities.version())
                    .with("identity", abilities.identity())
                    .with("clock", abilities.clock().toString())
                    .with("ways", Json.of(ways))
                    .with("notes", abilities.notes());
        }
    }
}
