package io.tsvault.core.restore;

import io.tsvault.core.json.Fields;
import io.tsvault.core.json.Fields.Unknown;
import io.tsvault.core.json.Json;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A report as a page for people: one file that needs no other, made of the report for machines.
final class ReportPage {
    /// Whoever needs more reads the files that the report names.
    private static final int MOST_ROWS = 1_000;

    private static final Map<String, String> COUNTS =
            Map.of(
                    "alreadyThere", "were there before",
                    "written", "were written",
                    "missing", "are missing",
                    "conflicts", "have another value in the target",
                    "rounded", "were rounded by the target",
                    "between", "of the target lie between",
                    "deadLettered", "were refused for good",
                    "replaced", "took the place of other values",
                    "unkept", "are NaN, which the target does not keep",
                    "doubled", "are there twice, for another has written them too");

    private static final List<String> ORDER =
            List.of(
                    "alreadyThere",
                    "written",
                    "replaced",
                    "missing",
                    "conflicts",
                    "doubled",
                    "deadLettered",
                    "rounded",
                    "unkept",
                    "between");

    private static final String STYLE =
            """
            :root { color-scheme: light dark; }
            body { font: 15px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
            h1 span { padding: .1em .5em; border-radius: .3em; color: white; background: #a33; }
            h1 span.done { background: #276; }
            h1 span.partial, h1 span.unverified { background: #a60; }
            table { border-collapse: collapse; width: 100%; }
            th, td { text-align: left; vertical-align: top; padding: .2em 1em .2em 0; border-bottom: 1px solid #8884; }
            td.number { text-align: right; font-variant-numeric: tabular-nums; }
            code, pre { font: 13px/1.4 ui-monospace, monospace; overflow-wrap: anywhere; white-space: pre-wrap; }
            """;

    private final StringBuilder page = new StringBuilder();

    private ReportPage() {}

    /// @param report for machines
    static byte[] of(Json report) {
        return Fields.read(
                report,
                Unknown.IGNORED,
                fields -> {
                    ReportPage made = new ReportPage();
                    made.write(fields, report);
                    return made.page.toString().getBytes(StandardCharsets.UTF_8);
                });
    }

    private void write(Fields report, Json whole) {
        String job = report.text("job");
        String state = report.text("state");
        page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n");
        element("title", "Restore " + job + ": " + state);
        page.append("<style>\n").append(STYLE).append("</style>\n");
        page.append("<h1>Restore <code>%s</code> ".formatted(escaped(job)));
        page.append(
                "<span class=\"%s\">%s</span></h1>\n"
                        .formatted(state.toLowerCase(Locale.ROOT), escaped(state)));
        long all = report.count("samplesInBackup");
        long there = report.count("alreadyThere") + report.count("written");
        element(
                "p",
                "%,d of %,d samples of the backup are in the target, read back and compared."
                        .formatted(there, all));
        counts(report);
        list("Notes", report.texts("notes"));
        differences(report);
        letters(report);
        list("Files", report.texts("files"));
        element("h2", "What was asked for");
        element("pre", text(whole, "manifest"));
    }

    private static String text(Json whole, String member) {
        Json found =
                whole instanceof Json.Members members
                        ? members.values().getOrDefault(member, Json.object())
                        : Json.object();
        return new String(found.toBytes(), StandardCharsets.UTF_8);
    }

    private void counts(Fields report) {
        page.append("<table>\n");
        for (String name : ORDER) {
            long count = report.has(name) ? report.count(name) : 0;
            if (count > 0) {
                page.append(
                        "<tr><td class=\"number\">%,d<td>%s\n".formatted(count, COUNTS.get(name)));
            }
        }
        page.append("</table>\n");
    }

    private void differences(Fields report) {
        List<List<String>> rows =
                report.list(
                        "differences",
                        row ->
                                List.of(
                                        row.text("kind").toLowerCase(Locale.ROOT),
                                        row.text("series"),
                                        row.text("from"),
                                        row.text("to"),
                                        "%,d".formatted(row.count("samples")),
                                        row.text("expected"),
                                        row.text("actual")));
        table(
                "Differences",
                List.of("", "series", "from", "to", "samples", "in the backup", "in the target"),
                rows);
    }

    private void letters(Fields report) {
        List<List<String>> rows =
                report.list(
                        "deadLetters",
                        row ->
                                List.of(
                                        row.text("series"),
                                        row.text("time"),
                                        row.text("reason"),
                                        row.text("message")));
        table("Refused for good", List.of("series", "from", "reason", "in its own words"), rows);
    }

    private void table(String title, List<String> heads, List<List<String>> rows) {
        if (rows.isEmpty()) {
            return;
        }
        element("h2", title);
        page.append("<table>\n<tr>");
        heads.forEach(head -> page.append("<th>").append(escaped(head)));
        page.append("\n");
        for (List<String> row : rows.subList(0, Math.min(MOST_ROWS, rows.size()))) {
            page.append("<tr>");
            row.forEach(cell -> page.append("<td>").append(escaped(cell)));
            page.append("\n");
        }
        page.append("</table>\n");
        if (rows.size() > MOST_ROWS) {
            element(
                    "p",
                    "The first %,d; more are in the report for machines and its files."
                            .formatted(MOST_ROWS));
        }
    }

    private void list(String title, List<String> items) {
        if (items.isEmpty()) {
            return;
        }
        element("h2", title);
        page.append("<ul>\n");
        items.forEach(item -> element("li", item));
        page.append("</ul>\n");
    }

    private void element(String tag, String text) {
        page.append("<%s>%s</%s>\n".formatted(tag, escaped(text), tag));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
