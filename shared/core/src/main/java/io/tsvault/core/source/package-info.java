/// Sources: servers that series are read from, whatever protocol they speak. The same port reads
/// back what a restore has written.
///
/// ```text
/// Source -probe-> Abilities: who it is, what its clock says, the ways to read it, best first
/// Source -read--> Reading:   series in label order, each sample once, nothing outside the range
/// Source -count-> samples of each metric, by another way than reading
/// ```
///
/// | way | lossless | loses |
/// |---|---|---|
/// | `remote-read` | yes | exemplars |
/// | `export` | nearly | NaN payloads; native histograms become buckets |
/// | `raw` | no | stale markers, NaN payloads, native histograms |
/// | `query-range` | no | everything between two points of its grid |
///
/// What a server sends is not trusted: a reading that is not whole, not in order or doubtful ends
/// in an exception, never in fewer series. [io.tsvault.core.failure] says what the exceptions mean;
/// [TooMuch] asks for smaller pieces.
///
/// A source that answers in no order passes a [Sorter], which holds a part of it.
@NullMarked
package io.tsvault.core.source;

import org.jspecify.annotations.NullMarked;
