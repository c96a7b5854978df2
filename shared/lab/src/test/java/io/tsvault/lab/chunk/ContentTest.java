package io.tsvault.lab.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.chunk.ChunkReader;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import java.util.stream.Stream;

@Tag("slow")
class ContentTest {
    @ParameterizedTest
    @FieldSource("io.tsvault.lab.chunk.Yardstick#ALL")
    void whatWentInComesOutWindowByWindow(Yardstick yardstick) {
        WrittenFleet written = WrittenFleet.of(yardstick);
        Content read = new Content();
        try (ChunkReader reader = written.read()) {
            reader.windows(WrittenFleet.EVERYTHING, TimeRange.ALL, WrittenFleet.WINDOW)
                    .forEachOrdered(window -> addInOrder(window.series(), window.range(), read));
        }
        assertThat(read.hashes()).isEqualTo(written.content());
    }

    @ParameterizedTest
    @FieldSource("io.tsvault.lab.chunk.Yardstick#ALL")
    void whatWentInComesOutSeriesBySeries(Yardstick yardstick) {
        WrittenFleet written = WrittenFleet.of(yardstick);
        Content read = new Content();
        try (ChunkReader reader = written.read()) {
            addInOrder(reader.series(WrittenFleet.EVERYTHING, TimeRange.ALL), TimeRange.ALL, read);
        }
        assertThat(read.hashes()).isEqualTo(written.content());
    }

    private static void addInOrder(Stream<Series> all, TimeRange range, Content content) {
        Labels[] last = {Labels.NONE};
        all.forEachOrdered(
                series -> {
                    assertThat(series.labels()).isGreaterThan(last[0]);
                    assertThat(series.samples().within(range)).isSameAs(series.samples());
                    last[0] = series.labels();
                    content.add(series);
                });
    }
}
