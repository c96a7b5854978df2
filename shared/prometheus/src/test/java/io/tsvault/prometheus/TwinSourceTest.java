package io.tsvault.prometheus;

import io.tsvault.lab.twin.Generation;
import io.tsvault.lab.twin.Twin;
import io.tsvault.lab.twin.TwinOptions;

import org.junit.jupiter.api.Nested;

import java.net.URI;
import java.time.Duration;

/// The contract of sources on doubles of every generation of Prometheus.
class TwinSourceTest {
    abstract static class OnTwin extends ServerContract {
        private final Generation generation;

        OnTwin(Generation generation) {
            this.generation = generation;
        }

        @Override
        protected AutoCloseable start() {
            return Twin.of(TwinOptions.of(generation).outOfOrder(Duration.ofDays(3)));
        }

        @Override
        protected URI uri(AutoCloseable started) {
            return ((Twin) started).uri();
        }

        @Override
        protected boolean takesAnyName() {
            return generation == Generation.V3_5;
        }
    }

    @Nested
    class Of242 extends OnTwin {
        Of242() {
            super(Generation.V2_42);
        }
    }

    @Nested
    class Of253 extends OnTwin {
        Of253() {
            super(Generation.V2_53);
        }
    }

    @Nested
    class Of35 extends OnTwin {
        Of35() {
            super(Generation.V3_5);
        }
    }
}
