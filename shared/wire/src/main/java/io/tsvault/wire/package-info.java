/// What travels to and from a Prometheus: protobuf messages, generated from `src/main/protobuf`
/// into `v1` (remote write 1.0, remote read) and `v2` (remote write 2.0), inside [Snappy] blocks.
/// Samples of a streamed remote read are packed once more: `xor` for floats, `histogram` for native
/// histograms.
@NullMarked
package io.tsvault.wire;

import org.jspecify.annotations.NullMarked;
