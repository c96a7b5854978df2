package io.tsvault.lab.twin;

import com.google.protobuf.ByteString;

import io.tsvault.lab.twin.Point.FloatPoint;
import io.tsvault.lab.twin.Point.HistogramPoint;
import io.tsvault.lab.twin.ProtoBlock.Unreadable;
import io.tsvault.lab.twin.TwinOptions.Feature;
import io.tsvault.wire.v1.TimeSeries;
import io.tsvault.wire.v1.WriteRequest;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// `POST /api/v1/write`: finds out which message it is and stores it.
///
/// Before 2.54 everything is 1.0, so that a message of 2.0 looks like an empty one and is welcome.
/// 3.5 answers 415 to a message or an encoding that it was told not to accept, **and stores it all
/// the same**, as measured with 3.5.3.
final class WriteReceiver {
    private static final String PROTOBUF = "application/x-protobuf";
    static final String V1 = "prometheus.WriteRequest";
    static final String V2 = "io.prometheus.write.v2.Request";

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
        return options.generation().isAtLeast(Generation.V3_5)
                ? negotiated(request)
                : store(V1, request.body());
    }

    private Reply negotiated(Request request) {
        String type = request.header("Content-Type").strip();
        String message = V1;
        if (!type.isEmpty()) {
            String[] parts = type.split(";", -1);
            if (!parts[0].equals(PROTOBUF)) {
                return unsupported(
                        "expected "
                                + PROTOBUF
                                + " as the first (media) part, got "
                                + type
                                + " content-type");
            }
            for (int i = 1; i < parts.length; i++) {
                String[] pair = parts[i].split("=", -1);
                if (pair.length != 2) {
                    return unsupported(notAPair(parts[i], type));
                }
                if (pair[0].equals("proto")) {
                    message = pair[1];
                    break;
                }
            }
        }
        if (!message.equals(V1) && !message.equals(V2)) {
            return unsupported(
                    "got "
                            + type
                            + " content type; unknown remote write protobuf message "
                            + message
                            + ", supported: "
                            + V1
                            + ", "
                            + V2);
        }
        Reply stored = store(message, request.body());
        return complaint(message, request.header("Content-Encoding"))
                .map(text -> withComplaint(text, stored))
                .orElse(stored);
    }

    private static String notAPair(String part, String type) {
        return "as per https://www.rfc-editor.org/rfc/rfc9110#parameter expected parameters to be"
                + " key-values, got "
                + part
                + " in "
                + type
                + " content-type";
    }

    /// The complaint is sent first; what storing had to say is only appended to its text.
    private static Reply withComplaint(String text, Reply stored) {
        String rest = stored.body().toStringUtf8();
        return Reply.text(415, rest.isEmpty() ? text : text + "\n" + rest.stripTrailing());
    }

    private static Reply unsupported(String text) {
        return Reply.text(415, text);
    }

    private Optional<String> complaint(String message, String encoding) {
        if (message.equals(V2) && !options.has(Feature.WRITE_2)) {
            return Optional.of(
                    V2 + " protobuf message is not accepted by this server; accepted [" + V1 + "]");
        }
        if (!encoding.isEmpty() && !encoding.toLowerCase(Locale.ROOT).equals("snappy")) {
            return Optional.of(
                    encoding
                            + " encoding (compression) is not accepted by this server;"
                            + " only snappy is acceptable");
        }
        return Optional.empty();
    }

    private Reply store(String message, ByteString body) {
        try {
            return message.equals(V2)
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
