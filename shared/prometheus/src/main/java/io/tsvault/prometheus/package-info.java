/// The protocols of Prometheus and of those that speak like it.
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
