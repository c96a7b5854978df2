package io.tsvault.prometheus;

import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;
import io.tsvault.core.source.Way;
import io.tsvault.lab.Lab;
import io.tsvault.lab.RealServer;
import io.tsvault.lab.Server;
import io.tsvault.lab.Setup;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/// The contract of sources on real servers.
@Tag("slow")
class RealSourceTest {
    abstract static class OnServer extends ServerContract {
        private final Setup setup;

        OnServer(Setup setup) {
            this.setup = setup;
        }

        @Override
        protected AutoCloseable start() {
            return RealServer.startOrSkip(setup);
        }

        @Override
        protected URI uri(AutoCloseable started) {
            return ((Server) started).uri();
        }
    }

    abstract static class OnPrometheus extends OnServer {
        private final boolean takesAnyName;

        OnPrometheus(String version) {
            super(Lab.prometheus(version).outOfOrder(Duration.ofDays(3)));
            takesAnyName = !version.startsWith("2.");
        }

        @Override
        protected boolean takesAnyName() {
            return takesAnyName;
        }
    }

    /// Keeps no NaN but the stale marker, and of other values the first digits.
    abstract static class OnVictoriaMetrics extends OnServer {
        OnVictoriaMetrics(String version) {
            super(Lab.victoriaMetrics(version));
        }

        @Override
        protected void settle(URI uri) {
            Filled.flush(uri);
        }

        @Override
        protected List<Way> ways() {
            return List.of(Way.EXPORT, Way.QUERY_RANGE);
        }

        @Override
        protected boolean keepsEveryBit() {
            return false;
        }

        /// Those of Debian do not.
        @Override
        protected boolean tellsVersion() {
            return false;
        }

        @Override
        protected Series kept(Series written) {
            Samples.Builder kept = Samples.builder();
            for (int i = 0; i < written.samples().size(); i++) {
                long bits = written.samples().valueBits(i);
                if (bits == Samples.STALE_MARKER || !Double.isNaN(written.samples().value(i))) {
                    kept.addBits(written.samples().timestampMs(i), bits);
                }
            }
            return new Series(written.labels(), kept.build());
        }
    }

    @Nested
    class Prometheus242 extends OnPrometheus {
        Prometheus242() {
            super("2.42");
        }
    }

    @Nested
    class Prometheus253 extends OnPrometheus {
        Prometheus253() {
            super("2.53");
        }
    }

    @Nested
    class Prometheus35 extends OnPrometheus {
        Prometheus35() {
            super("3.5");
        }
    }

    @Nested
    class VictoriaMetrics179 extends OnVictoriaMetrics {
        VictoriaMetrics179() {
            super("1.79");
        }
    }

    @Nested
    class VictoriaMetrics1112 extends OnVictoriaMetrics {
        VictoriaMetrics1112() {
            super("1.112");
        }
    }

    @Nested
    class VictoriaMetrics1145 extends OnVictoriaMetrics {
        VictoriaMetrics1145() {
            super("1.145");
        }
    }
}
