package io.tsvault.core.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.failure.Transient;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.TimeRange;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

class MemorySourceTest extends SourceContract {
    private static final Mode REMOTE_READ = Mode.of(Way.REMOTE_READ);

    private static final TimeRange WINDOW = new TimeRange(START_MS, START_MS + Source.WINDOW_MS);

    private final MemorySource source = new MemorySource(written());

    @Override
    protected Source source() {
        return source;
    }

    @Override
    protected List<Way> ways() {
        return List.of(Way.values());
    }

    @Test
    void failsAsOftenAsItIsTold() {
        source.failNext(2, () -> new Transient("no route"));
        assertThatThrownBy(source::probe).hasMessageContaining("no route");
        assertThatThrownBy(this::readAll).hasMessageContaining("no route");
        assertThat(readAll()).isPositive();
        assertThat(source.calls()).isEqualTo(3);
    }

    @Test
    void breaksOffUntilItIsHealed() {
        source.cutAfter(3, () -> new Transient("the body was cut")).warn("not all was asked");
        assertThatThrownBy(this::readAll).hasMessageContaining("was cut");
        source.heal();
        assertThat(readAll()).isEqualTo(written().size());
    }

    @Test
    void saysTooMuch() {
        source.limit(10);
        assertThatThrownBy(this::readAll).isInstanceOf(TooMuch.class);
    }

    @Test
    void forgetsWhatIsTooOld() {
        source.forgetBefore(Instant.ofEpochMilli(START_MS)).clock(Instant.MAX);
        assertThat(source.oldest(Selector.of(List.of()))).contains(Instant.ofEpochMilli(START_MS));
        assertThat(source.probe().clock()).isEqualTo(Instant.MAX);
    }

    @Test
    void mustBeClosedBeforeItIsAskedAgain() {
        try (Reading reading = source.read(REMOTE_READ, Selector.of(List.of()), WINDOW)) {
            assertThat(reading.hasNext()).isTrue();
            assertThatThrownBy(source::probe).hasMessageContaining("close it");
        }
        assertThat(source.probe().product()).isEqualTo("memory");
    }

    private int readAll() {
        int read = 0;
        try (Reading reading = source.read(REMOTE_READ, Selector.of(List.of()), WINDOW)) {
            while (reading.hasNext()) {
                reading.next();
                read++;
            }
        }
        return read;
    }
}
