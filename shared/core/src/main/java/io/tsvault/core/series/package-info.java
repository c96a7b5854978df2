/// Time series as tsvault sees them, kept bit for bit.
///
/// A [Series] is [Labels] and [Samples]. Labels are bytes, since a server may hold names and values
/// that are not UTF-8; samples are primitive arrays of millisecond timestamps and raw value bits,
/// since a stale marker is one NaN among many. A [TimeRange] is half-open, here and everywhere. A
/// [Selector] says which series are meant.
@NullMarked
package io.tsvault.core.series;

import org.jspecify.annotations.NullMarked;
