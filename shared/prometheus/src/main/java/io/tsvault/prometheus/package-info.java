/// The protocols of Prometheus and of those that speak like it: one [PrometheusSource] whatever the
/// server is.
///
/// ```text
/// PrometheusSource -probe----------> Probe, Config     who it is, and what really works
///     | -read: remote-read---------> RemoteRead        streams in label order
///     | -read: raw, grid, export---> Capture -> Sorter everything first, then in order
///     | -count, metrics, oldest----> History
///     \--all of them---------------> Api -Call-> Http
/// ```
///
/// # Queries and exports
///
/// | way | request | answer |
/// |---|---|---|
/// | `raw` | `/api/v1/query` of `{__name__="..."}[7200000ms]`, metric by metric | [Matrix] |
/// | `query-range` | `/api/v1/query_range`, metric by metric, 11,000 points each | [Matrix] |
/// | `export` | `/api/v1/export` of VictoriaMetrics, all at once | [ExportLines] |
///
/// Answers are walked as they come ([JsonWalk]); what is held is one series, and what a sorter
/// holds. The end of the document must be there, and a status ([Envelope]). Times are read from
/// their decimals, never as doubles.
///
/// | edge | Prometheus 2 | Prometheus 3, VictoriaMetrics |
/// |---|---|---|
/// | `m[d]` at t | from t-d to t | behind t-d to t |
/// | to read from s until before e | d = e-s at e-1 ms, s-1 ignored | d = e-s at e-1 ms |
/// | to count the same | d = e-s-1 at e-1 ms | d = e-s at e-1 ms |
///
/// Which of them a server is, it tells by counting the points of `vector(1)[1m:1m]`.
///
/// # Remote read
///
/// ```text
/// RemoteRead -Call-> Http                  one query, the last millisecond included
///     |  frames of chunks                  ChunkStream <- Frames
///     |  or one block of samples           SampleBlock
///     v
/// SeriesBuilder                            trims, merges chunks that overlap, drops twins
///     v
/// RemoteReading                            series in label order
/// ```
///
/// Chunks are asked for, as they stream and keep every bit. A server that has no chunks, or sends
/// one of a kind that is not known here, gives samples instead, all of which have to fit into
/// memory; there -0.0 comes back as 0.
///
/// | what comes | is |
/// |---|---|
/// | a frame that is cut, of wrong CRC, or no protobuf | `Transient`, with its place |
/// | a frame that announces more than the limit | `Permanent`, before anything is allocated |
/// | series out of order, two values at one time | `Permanent` |
/// | a block of samples beyond the limit | `TooMuch` |
@NullMarked
package io.tsvault.prometheus;

import org.jspecify.annotations.NullMarked;
