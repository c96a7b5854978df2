package io.tsvault.core.chunk;

/// Guesses each number of a column from those before it, so that only what was not expected has to
/// be kept: the residuals. All arithmetic wraps at 64 bits, so that any numbers survive.
///
/// A column `x` begins with 0. With `sum(i)` = q(1) + ... + q(i-1), and `>>` rounding down:
///
/// ```text
/// code   prediction                       residual q(i), i >= 1
/// 0..6   level, slower with each k        x(i) - (sum(i) >> k)
/// 7      level, fixed at the parameter    x(i) - parameter
/// 8..14  trend, slower with each k        x(i) - x(i-1) - parameter - (sum(i) >> k)
/// 15     trend, fixed at the parameter    x(i) - x(i-1) - parameter
/// ```
///
/// Code 0 is "as before"; 8 is "it goes on as it went". A larger k (the code modulo 8) averages
/// over about 2^k numbers: right for a counter whose steps scatter around a rate that moves slowly.
final class Prediction {
    static final int LEVEL = 0;
    static final int TREND = 8;
    static final int FIXED = 7;
    static final int CODES = 16;

    private Prediction() {}

    /// Does this code come with a parameter?
    static boolean hasParameter(int code) {
        return code >= FIXED;
    }

    /// The parameter that suits these numbers.
    static long parameter(int code, long[] x, int n) {
        if (code == FIXED) {
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += x[i];
            }
            return Math.round(sum / n);
        }
        if (code == TREND + FIXED) {
            return n < 2 ? 0 : Math.round((double) x[n - 1] / (n - 1));
        }
        return code < TREND || n < 2 ? 0 : x[1];
    }

    /// About how many bits the residuals of `x[from + 1]` to `x[to - 1]` take, were `x[from]` the
    /// first.
    static long cost(int code, long parameter, long[] x, int from, int to) {
        int k = code & FIXED;
        if (k == FIXED) {
            return code < TREND
                    ? costOfLevel(parameter, x, from, to)
                    : costOfSteps(parameter, x, from, to);
        }
        if (code == LEVEL) {
            return costOfSteps(0, x, from, to);
        }
        return code < TREND
                ? costOfSlowLevel(k, x, from, to)
                : costOfSlowTrend(k, parameter, x, from, to);
    }

    private static long costOfLevel(long parameter, long[] x, int from, int to) {
        long cost = 0;
        for (int i = from + 1; i < to; i++) {
            cost += bits(x[i] - parameter);
        }
        return cost;
    }

    private static long costOfSteps(long parameter, long[] x, int from, int to) {
        long cost = 0;
        for (int i = from + 1; i < to; i++) {
            cost += bits(x[i] - x[i - 1] - parameter);
        }
        return cost;
    }

    private static long costOfSlowLevel(int k, long[] x, int from, int to) {
        long cost = 0;
        long sum = 0;
        long first = x[from];
        for (int i = from + 1; i < to; i++) {
            long q = x[i] - first - (sum >> k);
            sum += q;
            cost += bits(q);
        }
        return cost;
    }

    private static long costOfSlowTrend(int k, long parameter, long[] x, int from, int to) {
        long cost = 0;
        long sum = 0;
        for (int i = from + 1; i < to; i++) {
            long q = x[i] - x[i - 1] - parameter - (sum >> k);
            sum += q;
            cost += bits(q);
        }
        return cost;
    }

    private static int bits(long residual) {
        long code = ByteSink.zigzagged(residual);
        return 65 - Long.numberOfLeadingZeros(code) - (code == 0 ? 1 : 0);
    }

    /// Writes residual `i` to `q[i]`; `q[0]` is left alone.
    static void residuals(int code, long parameter, long[] x, long[] q, int n) {
        int k = code & FIXED;
        long sum = 0;
        long before = 0;
        for (int i = 1; i < n; i++) {
            long expected = k == FIXED ? 0 : sum >> k;
            q[i] = x[i] - before - parameter - expected;
            sum += q[i];
            if (code >= TREND) {
                before = x[i];
            }
        }
    }

    /// Turns residuals back into `base + step * x`, in place.
    static void restore(int code, long parameter, long base, long step, long[] q, int n) {
        q[0] = base;
        int k = code & FIXED;
        if (code == LEVEL) {
            restoreSteps(base, step, q, n);
        } else if (code == FIXED) {
            long level = base + (step * parameter);
            for (int i = 1; i < n; i++) {
                q[i] = level + (step * q[i]);
            }
        } else if (code < TREND) {
            long sum = 0;
            for (int i = 1; i < n; i++) {
                long x = q[i] + (sum >> k);
                sum += q[i];
                q[i] = base + (step * x);
            }
        } else if (k == FIXED) {
            long value = base;
            for (int i = 1; i < n; i++) {
                value += step * (q[i] + parameter);
                q[i] = value;
            }
        } else {
            long sum = 0;
            long value = base;
            for (int i = 1; i < n; i++) {
                value += step * (q[i] + parameter + (sum >> k));
                sum += q[i];
                q[i] = value;
            }
        }
    }

    private static void restoreSteps(long base, long step, long[] q, int n) {
        long value = base;
        for (int i = 1; i < n; i++) {
            value += step * q[i];
            q[i] = value;
        }
    }
}
