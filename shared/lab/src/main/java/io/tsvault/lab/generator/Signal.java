package io.tsvault.lab.generator;

import java.util.function.DoubleUnaryOperator;

/// The values of one series. It is asked once per scrape, in order.
interface Signal {
    /// The value that this scrape finds.
    double at(Scrape scrape);

    /// A value that moves on from the one before.
    static Signal moving(double start, Move move) {
        return new Signal() {
            private double value = start;

            @Override
            public double at(Scrape scrape) {
                value = move.from(value, scrape);
                return value;
            }
        };
    }

    /// The same movement, seen through `view`.
    default Signal shownAs(DoubleUnaryOperator view) {
        return scrape -> view.applyAsDouble(at(scrape));
    }

    /// Asleep before scrape `number`.
    default Signal bornAt(int number) {
        return scrape -> scrape.number() < number ? 0 : at(scrape);
    }

    /// One step.
    interface Move {
        double from(double before, Scrape scrape);
    }
}
