package io.tsvault.core.chunk;

/// How a column of integers will be written: `base + step * x(i)`, x predicted.
///
/// @param step the greatest common divisor of all differences
/// @param bits about what it will cost
record IntegerPlan(long base, long step, int prediction, long parameter, long bits) {}
