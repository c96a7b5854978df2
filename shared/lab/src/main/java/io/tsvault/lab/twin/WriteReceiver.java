package io.tsvault.lab.twin;

import com.google.protobuf.ByteString;

import io.tsvault.lab.twin.Point.FloatPoint;
import io.tsvault.lab.twin.Point.HistogramPoint;
import io.tsvault.lab.twin.ProtoBlock.Unreadable;
import io.tsvault.lab.twin.TwinOptions.Feature;
import io.tsvault.wire.v1.TimeSeries;
import io.tsvault.wire.v1.WriteRequest;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// `POST /api/v1/write`: finds out which message it is and stores it.
///
/// Before 2.54 everything is 1.0, so that a message of 2.0 looks like an empty one and is welcome.
/// 3.5 answers 415 to a message or an encoding that it was told not to accept, **and stores it all
/// the same**, as measured with 3.5.3.
final class WriteReceiver {
    private final Head head;
    private final TwinOptions options;

    WriteReceiver(Head head, TwinOptions options) {
        this.head = head;
        this.options = options;
    }

    Reply write(Request request) {
        if (!options.has(Feature.RECEIVER)) {
            String flag =
                    options.generation().isAtLeast(Generation.V2_53)
                            ? "--web.enable-remote-write-receiver"
                            : "--enable-feature=remote-write-receiver";
            return Reply.text(404, "remote write receiver needs to be enabled with " + flag);
        }
        if (!options.generation().isAtLeast(Generation.V3_5)) {
            return store(Negotiation.V1, request.body());
        }
        Negotiation agreed =
                Negotiation.of(
                        request.header("Content-Type"),
                        request.header("Content-Encoding"),
                        options);
        return answer(
                agreed.complaints(),
                agreed.message().map(message -> store(message, request.body())));
    }

    /// The complaints are sent first; what storing had to say is only appended to their text.
    private static Reply answer(List<String> complaints, Optional<Reply> stored) {
        if (complaints.isEmpty()) {
            return stored.orElseThrow();
        }
        String rest = stored.map(reply -> reply.body().toStringUtf8()).orElse("");
        String text = String.join("\n", complaints) + "\n" + rest;
        return Reply.text(415, text.stripTrailing());
    }

    private Reply store(String message, ByteString body) {
        try {
            return message.equals(Negotiation.V2)
                    ? new WriteV2(head.appender(), options.generation())
                            .store(ProtoBlock.read(body, io.tsvault.wire.v2.Request.parser()))
                    : storeV1(ProtoBlock.read(body, WriteRequest.parser()));
        } catch (Unreadable e) {
            return e.reply();
        }
    }

    /// All or nothing.
    private Reply storeV1(WriteRequest request) {
        Appender appender = head.appender();
        for (TimeSeries series : request.getTimeseriesList()) {
            SeriesName name = SeriesName.of(series.getLabelsList(), options.generation());
            if (!(name instanceof SeriesName.Invalid)) {
                Optional<Refusal> refusal =
                        points(series)
                                .flatMap(point -> appender.append(name, point).stream())
                                .findFirst();
                if (refusal.isPresent()) {
                    return Reply.text(
                            refusal.get().status(options.generation()), refusal.get().text());
                }
            }
        }
        appender.commit();
        return Reply.NO_CONTENT;
    }

    private static Stream<Point> points(TimeSeries series) {
        return Stream.concat(
                series.getSamplesList().stream()
                        .map(s -> new FloatPoint(s.getTimestamp(), bits(s.getValue()))),
                series.getHistogramsList().stream().map(HistogramPoint::new));
    }

    static long bits(double value) {
        return Double.doubleToRawLongBits(value);
    }
}
