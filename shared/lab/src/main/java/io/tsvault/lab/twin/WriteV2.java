package io.tsvault.lab.twin;

import io.tsvault.lab.twin.Point.FloatPoint;
import io.tsvault.wire.v1.Label;
import io.tsvault.wire.v2.TimeSeries;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// One request of remote write 2.0: what can be stored is, and the rest is reported.
final class WriteV2 {
    private static final String WRITTEN = "X-Prometheus-Remote-Write-%s-Written";

    private final Appender appender;
    private final Generation generation;
    private final List<String> complaints = new ArrayList<>();
    private int samples;
    private int histograms;
    private int exemplars;

    WriteV2(Appender appender, Generation generation) {
        this.appender = appender;
        this.generation = generation;
    }

    /// A reference that leads nowhere makes the real server panic: no answer, nothing stored.
    Reply store(io.tsvault.wire.v2.Request request) {
        Symbols symbols = new Symbols(request.getSymbolsList());
        for (TimeSeries series : request.getTimeseriesList()) {
            Optional<List<Label>> labels = symbols.labels(series.getLabelsRefsList());
            if (labels.isEmpty()) {
                return Reply.HANG_UP;
            }
            switch (SeriesName.of(labels.get(), generation)) {
                case SeriesName.Invalid invalid -> complaints.add(invalid.reason());
                case SeriesName name -> {
                    Optional<Refusal> failure = append(name, labels.get(), series);
                    if (failure.isPresent()) {
                        return counted(Reply.text(500, failure.get().text()), 0, 0, 0);
                    }
                    exemplars += series.getExemplarsCount();
                    if (!symbols.holdsMetadata(series)) {
                        return Reply.HANG_UP;
                    }
                }
            }
        }
        appender.commit();
        Reply reply =
                complaints.isEmpty()
                        ? Reply.NO_CONTENT
                        : Reply.text(400, String.join("\n", complaints));
        return counted(reply, samples, histograms, exemplars);
    }

    /// @return what undoes the whole request
    private Optional<Refusal> append(SeriesName name, List<Label> labels, TimeSeries series) {
        Stream<Point> points =
                Stream.concat(
                        series.getSamplesList().stream()
                                .map(
                                        s ->
                                                new FloatPoint(
                                                        s.getTimestamp(),
                                                        WriteReceiver.bits(s.getValue()))),
                        series.getHistogramsList().stream().map(Symbols::histogram));
        return points.flatMap(point -> append(name, labels, point).stream()).findFirst();
    }

    private Optional<Refusal> append(SeriesName name, List<Label> labels, Point point) {
        Optional<Refusal> refusal = appender.append(name, point);
        if (refusal.isEmpty()) {
            count(point);
            return refusal;
        }
        if (isFatal(refusal.get(), point)) {
            return refusal;
        }
        complaints.add(refusal.get().text() + " for series " + SeriesName.text(labels));
        return Optional.empty();
    }

    private void count(Point point) {
        switch (point) {
            case FloatPoint _ -> samples++;
            case Point.HistogramPoint _ -> histograms++;
        }
    }

    /// 3.5 forgot that a histogram can be too old.
    private static boolean isFatal(Refusal refusal, Point point) {
        return switch (refusal.kind()) {
            case INTERNAL -> true;
            case TOO_OLD -> point instanceof Point.HistogramPoint;
            case OUT_OF_ORDER, OUT_OF_BOUNDS, DUPLICATE -> false;
        };
    }

    private static Reply counted(Reply reply, int samples, int histograms, int exemplars) {
        return reply.with(WRITTEN.formatted("Samples"), Integer.toString(samples))
                .with(WRITTEN.formatted("Histograms"), Integer.toString(histograms))
                .with(WRITTEN.formatted("Exemplars"), Integer.toString(exemplars));
    }
}
