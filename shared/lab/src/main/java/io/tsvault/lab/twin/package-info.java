/// A Prometheus inside this JVM: the twin. It answers as a real server of a chosen [Generation]
/// would, as far as tsvault can tell, for machines that have no server and for states of the world
/// that a real server does not produce on demand (a clock that is wrong, a head in the future).
///
/// ```text
/// Twin (HTTP, one lock) --> Router --> WriteReceiver --> Appender --> Head
///                                  \-> RemoteReader <-- XorChunk         ^
///                                  \-> QueryApi <-- Expression ----------+
///                                  \-> CatalogApi, StatusApi ------------+
/// ```
///
/// | role | classes |
/// |---|---|
/// | what may be appended, and what is then readable | [Head], [HeadSeries], [Appender], [Window], [Refusal] |
/// | what a client sent | [WriteReceiver], [SeriesName], [Symbols], [ProtoBlock], [Parameters] |
/// | remote read | [RemoteReader], [XorChunk], [Frame] |
/// | queries | [QueryApi], [Expression], [Evaluation] |
/// | what a client gets | [Reply], [ApiError], [Json], [GoFloat] |
///
/// Everything is in memory and nothing is compacted: the rule "one hour behind the newest sample" of
/// the head is always stricter than the edge of a compacted block. All requests pass one lock, one at
/// a time; none of the classes behind it knows about threads.
///
/// It is a double and says so: `branch` of its build information is `tsvault-twin`, every answer has
/// `Server: tsvault-twin`. What it does as the real server does is what `TwinParityTest` sends to
/// both. Known deviations, each on purpose:
///
/// | where | the twin | a real server |
/// |---|---|---|
/// | series that hold histograms | answers queries and streamed reads that meet one with an error | JSON buckets, histogram chunks |
/// | reset hints of histograms | as they were written | computed from the chunk |
/// | PromQL | a selector, a range selector, `count_over_time`, `sum`, `count`, a number | all of it |
/// | text of a parse error, of damaged protobuf | its own words, same status and type | the words of the Go parsers |
/// | `/series` with a time range | exact | by chunk: also finds what lies near the range |
/// | cardinality tables of `/status/tsdb` | empty | the ten biggest |
/// | bodies | at most 32 MiB, packed and unpacked, as Prometheus 3.8.1 and later | 2.x: unlimited |
/// | label names of no bytes | the series is refused with 500 | 2.42 stores them |
@NullMarked
package io.tsvault.lab.twin;

import org.jspecify.annotations.NullMarked;
