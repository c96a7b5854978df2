package io.tsvault.core.replay;

import io.tsvault.core.series.Series;
import io.tsvault.core.target.Outcome.Reason;

/// Samples that a target will never take, and its reason.
public record DeadLetter(Series samples, Reason reason, String message) {}
