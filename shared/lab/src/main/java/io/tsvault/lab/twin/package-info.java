/// A Prometheus inside this JVM: the twin. It answers as a real server of a chosen [Generation]
/// would, as far as tsvault can tell, for machines that have no server and for states of the world
/// that a real server does not produce on demand (a clock that is wrong, a head in the future).
///
/// ```text
/// Twin (HTTP, one lock) --> Router --> WriteReceiver, WriteV2 --> Appender --> Head
///                                  \-> RemoteReader <-- FloatChunk            ^
///                                  \-> QueryApi <-- Expression, Evaluation ---+
///                                  \-> CatalogApi, StatusApi -----------------+
/// ```
///
/// | role | classes |
/// |---|---|
/// | what may be appended | [Appender], [Window], [Refusal] |
/// | what is there | [Head], [HeadSeries], [HeadChunk], [LateChunks], [Point], [Selected] |
/// | what a client sent | [ProtoBlock], [SeriesName], [Symbols], [Parameters], [GoTime] |
/// | remote write | [WriteReceiver], [Negotiation], [WriteV2] |
/// | remote read | [RemoteReader], [ExternalLabels], [FloatChunk], [Frame] |
/// | queries | [QueryApi], [Expression], [Grid], [Evaluation] |
/// | what a client gets | [Reply], [ApiResult], [ApiError], [Json], [GoFloat], [GoText] |
///
/// Everything is in memory and nothing is compacted: the rule of the head, "one hour behind the
/// newest sample", is always stricter than the edge of a compacted block. All requests pass one
/// lock, one at a time; none of the classes behind it knows about threads.
///
/// It is a double and says so: `branch` of its build information is `tsvault-twin`, and every
/// answer has `Server: tsvault-twin`. What it does as the real server does is what `TwinParityTest`
/// sends to both. Known deviations, each on purpose:
///
/// | where | the twin | a real server |
/// |---|---|---|
/// | histograms in queries and streams | an error that says so | JSON buckets, histogram chunks |
/// | reset hints of histograms | as written | computed from the chunk |
/// | PromQL | the grammar of [Expression] | all of it |
/// | parse errors, damaged protobuf | own words, same status and type | words of the Go parsers |
/// | chunks of a streamed read | 120 samples each | as in the head, merged ones anew |
/// | a quoted metric name in braces, 2.x | is read, as since 3.0 | is an error |
/// | `.` in a matcher, 2.x | matches a newline, as since 3.0 | does not |
/// | chunks of values that do not compress | end as others do | end at about 1 KiB since 2.53 |
/// | cardinality tables of `/status/tsdb` | empty | the ten biggest |
/// | bodies, packed and unpacked | at most 32 MiB, as 3.5.3 | 2.x takes more |
/// | two values for one instant across a block's edge, 2.x | as within a block | the other one |
/// | label names of no bytes | refused with 500 | 2.42 stores them |
@NullMarked
package io.tsvault.lab.twin;

import org.jspecify.annotations.NullMarked;
