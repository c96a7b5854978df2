package io.tsvault.cli;

import io.tsvault.core.export.Exported;
import io.tsvault.core.export.Exported.Problem;
import io.tsvault.core.export.Forecast;
import io.tsvault.core.json.Json;
import io.tsvault.core.series.TimeRange;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What came of the backup of one stream.
sealed interface BackupResult {
    /// Whose backup it was.
    String stream();

    /// To exit with.
    int code();

    /// For people.
    String line();

    /// For machines.
    Json json();

    /// All of them: one document for machines.
    static Answer answer(List<BackupResult> results) {
        StringBuilder text = new StringBuilder();
        results.forEach(result -> text.append(result.line()).append('\n'));
        List<Json> all = results.stream().map(BackupResult::json).toList();
        Json json = all.size() == 1 ? all.getFirst() : Json.object().with("streams", Json.of(all));
        int code = results.stream().mapToInt(BackupResult::code).max().orElse(0);
        return new Answer(text.toString(), json, code);
    }

    /// It could not even begin, or its log is damaged.
    record Failed(String stream, Failure.Told told) implements BackupResult {
        @Override
        public int code() {
            return told.code();
        }

        @Override
        public String line() {
            return "%s: nothing could be kept%n  %s".formatted(stream, told.message());
        }

        @Override
        public Json json() {
            return Json.object().with("stream", stream).with("problem", told.message());
        }
    }

    /// It was only asked what it would take; nothing when nothing is due.
    record Foretold(String stream, Optional<Forecast> forecast) implements BackupResult {
        @Override
        public int code() {
            return 0;
        }

        @Override
        public String line() {
            return forecast.map(what -> new ForecastText(stream, what).text())
                    .orElseGet(() -> stream + ": nothing is due");
        }

        @Override
        public Json json() {
            Json.Members json = Json.object().with("stream", stream).with("dryRun", true);
            return forecast.<Json>map(
                            what -> json.with("forecast", new ForecastText(stream, what).json()))
                    .orElse(json);
        }
    }

    /// It ran.
    ///
    /// @param forecast what was told before the first run
    record Ran(String stream, Exported exported, Optional<Forecast> forecast)
            implements BackupResult {
        @Override
        public int code() {
            boolean whole = exported.gaps().isEmpty() && exported.partial() == 0;
            return exported.problem()
                    .map(Problem::kind)
                    .map(Ran::code)
                    .orElse(whole ? 0 : Failure.NOT_WHOLE);
        }

        private static int code(Problem.Kind kind) {
            return switch (kind) {
                case LATER -> Failure.FAILED;
                case DOUBT, PERSON, HALT -> Failure.NOT_WHOLE;
                case TIME -> Failure.STOPPED;
            };
        }

        @Override
        public String line() {
            return stream
                    + ": "
                    + (exported.committed() == 0 ? "nothing new is kept" : kept())
                    + some(exported.empty(), "empty")
                    + gapsTold()
                    + some(exported.partial(), "not whole")
                    + some(exported.amended(), "amended")
                    + some(exported.left(), "still due")
                    + exported.watermarkMs()
                            .map(ms -> "; backed up until " + Times.text(ms))
                            .orElse("; nothing is kept yet")
                    + exported.problem().map(problem -> "\n  " + problem.message()).orElse("");
        }

        private String kept() {
            return "%s kept by %s, %s, %s%s"
                    .formatted(
                            Count.of(exported.committed(), "slice"),
                            exported.mode(),
                            Count.of(exported.samples(), "sample"),
                            Count.of(exported.storedBytes(), "byte"),
                            perSample());
        }

        private String gapsTold() {
            return exported.gaps().isEmpty() ? "" : ", " + Count.of(exported.gaps().size(), "gap");
        }

        private String perSample() {
            return exported.samples() == 0
                    ? ""
                    : " (%.2f per sample)"
                            .formatted((double) exported.storedBytes() / exported.samples());
        }

        private static String some(long many, String what) {
            return many == 0 ? "" : ", %,d %s".formatted(many, what);
        }

        @Override
        public Json json() {
            Json.Members json =
                    Json.object()
                            .with("stream", stream)
                            .with("committed", exported.committed())
                            .with("partial", exported.partial())
                            .with("empty", exported.empty())
                            .with("gaps", gaps())
                            .with("amended", exported.amended())
                            .with("samples", exported.samples())
                            .with("series", exported.series())
                            .with("storedBytes", exported.storedBytes())
                            .with("mode", exported.mode())
                            .with("due", exported.left())
                            .with("halted", isHalted())
                            .with("warnings", exported.warnings());
            json =
                    forecast.isPresent()
                            ? json.with("forecast", new ForecastText(stream, forecast.get()).json())
                            : json;
            json =
                    exported.watermarkMs().isPresent()
                            ? json.with("watermark", Times.text(exported.watermarkMs().get()))
                            : json;
            return exported.problem().isPresent()
                    ? json.with("problem", exported.problem().get().message())
                    : json;
        }

        private boolean isHalted() {
            return exported.problem()
                    .filter(problem -> problem.kind() == Problem.Kind.HALT)
                    .isPresent();
        }

        private Json gaps() {
            List<Json> gaps = new ArrayList<>();
            for (TimeRange gap : exported.gaps()) {
                gaps.add(
                        Json.object()
                                .with("from", Times.text(gap.startMs()))
                                .with("to", Times.text(gap.endMs())));
            }
            return Json.of(gaps);
        }
    }
}
