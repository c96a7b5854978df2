package io.tsvault.cli;

import io.tsvault.core.json.Json;
import io.tsvault.core.restore.Preview;
import io.tsvault.core.restore.Preview.Metric;
import io.tsvault.core.restore.Preview.Some;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/// What a restore would do, for people and for machines.
final class PlanText {
    private PlanText() {}

    static Answer answer(Preview preview) {
        StringBuilder all = new StringBuilder(summary(preview));
        preview.verdict().notes().forEach(note -> all.append("  note  " + note + "\n"));
        all.append('\n').append(metrics(preview));
        return new Answer(
                all.toString(),
                json(preview),
                preview.verdict().isPossible() ? 0 : Failure.REFUSED);
    }

    private static String summary(Preview preview) {
        return """
        into %s, %s to %s
          samples of the backup there  %,d equal, %,d with another value
          samples to write             %,d
          samples of its own between   %,d
          plan                         %s, windows of %d min
          will take about              %s, %s
          reads of the vault about     %s, %s
          verdict                      %s
        """
                .formatted(
                        preview.standing().name(),
                        Times.text(preview.range().startMs()),
                        Times.text(preview.range().endMs()),
                        preview.there().before(),
                        preview.there().conflicts(),
                        preview.there().missing(),
                        preview.there().between(),
                        Count.of(preview.partitions(), "partition"),
                        preview.widthMs() / 60_000,
                        Times.length(0, preview.estimate().time().toMillis()),
                        Count.of(preview.estimate().requests(), "request"),
                        Count.of(preview.estimate().reads().requests(), "request"),
                        Count.of(preview.estimate().reads().bytes(), "byte"),
                        preview.verdict());
    }

    /// Every metric, and below the table where its samples lie that are not equal.
    private static String metrics(Preview preview) {
        StringWriter text = new StringWriter();
        Table table = new Table().row("metric", "equal", "different", "missing", "between", "take");
        StringBuilder ranges = new StringBuilder();
        for (Metric metric : preview.metrics()) {
            table.row(
                    metric.name(),
                    "%,d".formatted(metric.equal()),
                    "%,d".formatted(metric.different().samples()),
                    "%,d".formatted(metric.missing().samples()),
                    "%,d".formatted(metric.between().samples()),
                    metric.advice().toString());
            ranges.append(range(metric, "different", metric.different()));
            ranges.append(range(metric, "missing", metric.missing()));
            ranges.append(range(metric, "between", metric.between()));
            if (!metric.verdict().isPossible()) {
                ranges.append("%s is %s%n".formatted(metric.name(), metric.verdict()));
            }
        }
        table.print(new PrintWriter(text, true));
        return text + "\n" + ranges;
    }

    private static String range(Metric metric, String what, Some some) {
        return some.range()
                .map(
                        range ->
                                "%s: %s from %s to %s%n"
                                        .formatted(
                                                metric.name(),
                                                what,
                                                Times.text(range.startMs()),
                                                Times.text(range.endMs())))
                .orElse("");
    }

    private static Json json(Preview preview) {
        List<Json> metrics = new ArrayList<>();
        preview.metrics().forEach(metric -> metrics.add(json(metric)));
        return Json.object()
                .with("target", preview.standing().name())
                .with("from", Times.text(preview.range().startMs()))
                .with("to", Times.text(preview.range().endMs()))
                .with("alreadyThere", preview.there().before())
                .with("conflicts", preview.there().conflicts())
                .with("toWrite", preview.there().missing())
                .with("between", preview.there().between())
                .with("partitions", preview.partitions())
                .with("windowMs", preview.widthMs())
                .with("requests", preview.estimate().requests())
                .with("vaultRequests", preview.estimate().reads().requests())
                .with("vaultBytes", preview.estimate().reads().bytes())
                .with("estimateMs", preview.estimate().time().toMillis())
                .with("possible", preview.verdict().isPossible())
                .with("verdict", preview.verdict().toString())
                .with("notes", preview.verdict().notes())
                .with("metrics", Json.of(metrics));
    }

    private static Json json(Metric metric) {
        return Json.object()
                .with("metric", metric.name())
                .with("equal", metric.equal())
                .with("different", json(metric.different()))
                .with("missing", json(metric.missing()))
                .with("between", json(metric.between()))
                .with("advice", metric.advice().toString())
                .with("possible", metric.verdict().isPossible())
                .with("verdict", metric.verdict().toString());
    }

    private static Json json(Some some) {
        Json.Members json = Json.object().with("samples", some.samples());
        return some.range()
                .<Json>map(
                        range ->
                                json.with("from", Times.text(range.startMs()))
                                        .with("to", Times.text(range.endMs())))
                .orElse(json);
    }
}
