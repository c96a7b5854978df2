package io.tsvault.core.vault.record;

import io.tsvault.core.chunk.ChunkSummary;
import io.tsvault.core.json.Fields;
import io.tsvault.core.json.Json;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.vault.record.Event.Accepted;
import io.tsvault.core.vault.record.Event.Amend;
import io.tsvault.core.vault.record.Event.Attempt;
import io.tsvault.core.vault.record.Event.Attempt.Outlook;
import io.tsvault.core.vault.record.Event.Cancel;
import io.tsvault.core.vault.record.Event.Capture;
import io.tsvault.core.vault.record.Event.Commit;
import io.tsvault.core.vault.record.Event.Config;
import io.tsvault.core.vault.record.Event.Empty;
import io.tsvault.core.vault.record.Event.Expire;
import io.tsvault.core.vault.record.Event.Gap;
import io.tsvault.core.vault.record.Event.GapAck;
import io.tsvault.core.vault.record.Event.Page;
import io.tsvault.core.vault.record.Event.Part;
import io.tsvault.core.vault.record.Event.Pin;
import io.tsvault.core.vault.record.Event.Planned;
import io.tsvault.core.vault.record.Event.Report;
import io.tsvault.core.vault.record.Event.Reread;
import io.tsvault.core.vault.record.Event.Resume;
import io.tsvault.core.vault.record.Event.State;
import io.tsvault.core.vault.record.Event.SweepDone;
import io.tsvault.core.vault.record.Event.SweepPlan;
import io.tsvault.core.vault.record.Event.Unpin;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/// How events are written: see the description of the package.
final class EventJson {
    private static final Map<String, Function<Fields, Event>> READERS =
            Map.ofEntries(
                    reader(Commit.class, EventJson::commit),
                    reader(Part.class, EventJson::part),
                    reader(Empty.class, f -> new Empty(slice(f), capture(f))),
                    reader(Gap.class, f -> new Gap(slice(f), f.text("reason"))),
                    reader(GapAck.class, f -> new GapAck(slice(f), f.text("note"))),
                    reader(Amend.class, f -> new Amend(slice(f), chunks(f), capture(f))),
                    reader(Reread.class, f -> new Reread(f.list("slices", EventJson::range))),
                    reader(
                            Attempt.class,
                            f ->
                                    new Attempt(
                                            slice(f),
                                            f.text("problem"),
                                            f.typed("outlook", EventJson::outlook)
                                                    .orElse(Outlook.TIME))),
                    reader(
                            Expire.class,
                            f -> new Expire(f.list("ranges", EventJson::range), f.text("rule"))),
                    reader(SweepPlan.class, f -> new SweepPlan(f.texts("keys"))),
                    reader(SweepDone.class, f -> new SweepDone(f.count("plan"))),
                    reader(Pin.class, EventJson::pin),
                    reader(Unpin.class, f -> new Unpin(f.text("holder"))),
                    reader(Config.class, f -> new Config(f.strings("settings"))),
                    reader(Accepted.class, f -> new Accepted(f.text("tenant"), f.text("manifest"))),
                    reader(Planned.class, f -> new Planned(f.text("plan"))),
                    reader(Cancel.class, f -> new Cancel(f.text("note"))),
                    reader(Resume.class, f -> new Resume(f.text("note"))),
                    reader(
                            Report.class,
                            f -> new Report(f.count("number"), f.text("state"), f.text("sha256"))),
                    reader(State.class, f -> new State(f.list("pages", EventJson::page))));

    private EventJson() {}

    private static Map.Entry<String, Function<Fields, Event>> reader(
            Class<? extends Event> type, Function<Fields, Event> reader) {
        return Map.entry(kind(type), reader);
    }

    /// `SweepPlan` is `SWEEP_PLAN`.
    private static String kind(Class<? extends Event> type) {
        return type.getSimpleName().replaceAll("(?<=.)([A-Z])", "_$1").toUpperCase(Locale.ROOT);
    }

    static String kind(Event event) {
        return kind(event.getClass());
    }

    static boolean isKnown(String kind) {
        return READERS.containsKey(kind);
    }

    static Event event(String kind, Fields body) {
        Function<Fields, Event> reader = READERS.get(kind);
        if (reader == null) {
            throw new IllegalArgumentException("unknown kind \"" + kind + "\"");
        }
        return reader.apply(body);
    }

    static Json body(Event event) {
        return switch (event) {
            case Commit(var slice, var whole, var chunks, var parts, var capture) ->
                    ofSlice(slice)
                            .with("whole", whole)
                            .with("chunks", list(chunks, EventJson::json))
                            .with("parts", list(parts, Json::of))
                            .with("capture", json(capture));
            case Part(var slice, var part, var chunks, var capture) ->
                    ofSlice(slice)
                            .with("part", part)
                            .with("chunks", list(chunks, EventJson::json))
                            .with("capture", json(capture));
            case Empty(var slice, var capture) -> ofSlice(slice).with("capture", json(capture));
            case Gap(var slice, var reason) -> ofSlice(slice).with("reason", reason);
            case GapAck(var slice, var note) -> ofSlice(slice).with("note", note);
            case Amend(var slice, var chunks, var capture) ->
                    ofSlice(slice)
                            .with("chunks", list(chunks, EventJson::json))
                            .with("capture", json(capture));
            case Reread(var slices) -> Json.object().with("slices", list(slices, EventJson::json));
            case Attempt(var slice, var problem, var outlook) -> {
                Json.Members body = ofSlice(slice).with("problem", problem);
                yield outlook == Outlook.TIME ? body : body.with("outlook", text(outlook));
            }
            case Expire(var ranges, var rule) ->
                    Json.object().with("ranges", list(ranges, EventJson::json)).with("rule", rule);
            case SweepPlan(var keys) -> Json.object().with("keys", keys);
            case SweepDone(var plan) -> Json.object().with("plan", plan);
            case Pin(var holder, var range, var note) ->
                    Json.object()
                            .with("holder", holder)
                            .with("range", json(range))
                            .with("note", note);
            case Unpin(var holder) -> Json.object().with("holder", holder);
            case Config(var settings) -> Json.object().with("settings", json(settings));
            case Accepted(var tenant, var manifest) ->
                    Json.object().with("tenant", tenant).with("manifest", manifest);
            case Planned(var plan) -> Json.object().with("plan", plan);
            case Cancel(var note) -> Json.object().with("note", note);
            case Resume(var note) -> Json.object().with("note", note);
            case Report(var number, var state, var sha256) ->
                    Json.object()
                            .with("number", number)
                            .with("state", state)
                            .with("sha256", sha256);
            case State(var pages) -> Json.object().with("pages", list(pages, EventJson::json));
        };
    }

    private static Json.Members ofSlice(TimeRange slice) {
        return Json.object().with("slice", json(slice));
    }

    private static TimeRange slice(Fields fields) {
        return fields.object("slice", EventJson::range).orElse(TimeRange.ALL);
    }

    private static String text(Outlook outlook) {
        return outlook.name().toLowerCase(Locale.ROOT);
    }

    private static Outlook outlook(String text) {
        return Arrays.stream(Outlook.values())
                .filter(outlook -> text(outlook).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no outlook: " + text));
    }

    private static Json json(TimeRange range) {
        return Json.object().with("startMs", range.startMs()).with("endMs", range.endMs());
    }

    private static TimeRange range(Fields fields) {
        return new TimeRange(fields.whole("startMs"), fields.whole("endMs"));
    }

    private static Json json(ChunkRef chunk) {
        ChunkSummary summary = chunk.summary();
        return Json.object()
                .with("attempt", chunk.attempt())
                .with("sha256", chunk.sha256())
                .with("series", summary.series())
                .with("samples", summary.samples())
                .with("minMs", summary.minTimeMs())
                .with("maxMs", summary.maxTimeMs())
                .with("rowGroups", summary.rowGroups())
                .with("bytes", summary.bytes())
                .with("digest", "%016x".formatted(summary.digest()));
    }

    private static List<ChunkRef> chunks(Fields fields) {
        return fields.list("chunks", EventJson::chunk);
    }

    private static ChunkRef chunk(Fields fields) {
        ChunkSummary summary =
                new ChunkSummary(
                        fields.count("series"),
                        fields.count("samples"),
                        fields.whole("minMs"),
                        fields.whole("maxMs"),
                        (int) fields.whole("rowGroups", 0, Integer.MAX_VALUE),
                        fields.count("bytes"),
                        Long.parseUnsignedLong(fields.text("digest"), 16));
        return new ChunkRef(fields.text("attempt"), fields.text("sha256"), summary);
    }

    private static Json json(Capture capture) {
        Json.Members json =
                Json.object()
                        .with("mode", capture.mode())
                        .with("stepMs", capture.stepMs())
                        .with("source", capture.source())
                        .with("version", capture.version())
                        .with("lost", capture.lost())
                        .with("warnings", capture.warnings());
        return capture.notes().isEmpty() ? json : json.with("notes", json(capture.notes()));
    }

    private static Capture capture(Fields fields) {
        return fields.object(
                        "capture",
                        f ->
                                new Capture(
                                        f.text("mode"),
                                        f.count("stepMs"),
                                        f.text("source"),
                                        f.text("version"),
                                        f.texts("lost"),
                                        f.texts("warnings"),
                                        f.has("notes") ? f.strings("notes") : Map.of()))
                .orElse(Capture.UNKNOWN);
    }

    private static Event commit(Fields fields) {
        return new Commit(
                slice(fields),
                fields.truth("whole"),
                chunks(fields),
                fields.wholes("parts"),
                capture(fields));
    }

    private static Event part(Fields fields) {
        return new Part(slice(fields), fields.text("part"), chunks(fields), capture(fields));
    }

    private static Event pin(Fields fields) {
        return new Pin(
                fields.text("holder"),
                fields.object("range", EventJson::range).orElse(TimeRange.ALL),
                fields.text("note"));
    }

    private static Json json(Map<String, String> settings) {
        Json.Members json = Json.object();
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            json = json.with(setting.getKey(), setting.getValue());
        }
        return json;
    }

    private static Json json(Page page) {
        return Json.object()
                .with("first", page.first())
                .with("last", page.last())
                .with("sha256", page.sha256())
                .with("bytes", page.bytes());
    }

    private static Page page(Fields fields) {
        return new Page(
                fields.whole("first", 1, Long.MAX_VALUE),
                fields.whole("last", 1, Long.MAX_VALUE),
                fields.text("sha256"),
                fields.count("bytes"));
    }

    private static <T> Json list(List<T> values, Function<T, Json> json) {
        return Json.of(values.stream().map(json).toList());
    }
}
