/// Time series as tsvault sees them, kept bit for bit.
///
/// | a [Series] is | which is | why |
/// |---|---|---|
/// | [Labels] | one byte string | a server may hold names and values that are not UTF-8 |
/// | [Samples] | arrays of times and value bits | a stale marker is one NaN among many |
/// | [Histograms] | times, a [Histogram] each | counts change, their [HistogramLayout] seldom |
///
/// [Metadata] stands beside the series: it says of a metric family what it counts. Times are
/// milliseconds; a [TimeRange] is half-open, here and everywhere. A [Selector] says which series
/// are meant.
@NullMarked
package io.tsvault.core.series;

import org.jspecify.annotations.NullMarked;
