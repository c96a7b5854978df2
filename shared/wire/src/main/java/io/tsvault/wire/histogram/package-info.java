/// The histogram chunks of Prometheus, read only: [HistogramDecoder] gives every native histogram
/// of a chunk as the message that a server would send for it, and what is no chunk is a
/// [MalformedHistogramChunk].
///
/// ```text
/// chunk     --> count(u16) flags(u8) layout first later*     then zero bits up to the byte
/// layout    --> threshold schema(int) spans spans bound*     bounds only for schema -53
/// threshold --> 00 | 01..fe | ff b64          0, a power of two: 2^(byte - 244), or any double
/// spans     --> count(uint) ( length(uint) offset(int) )*    above zero, then below zero
/// bounds    --> count(uint) bound*            bound: uint - 1 in thousandths, or "0" b64
///
/// integers: first --> t(int) count(uint) zeros(uint) sum(b64) bucket(int)*
///           later --> dod(t) dod(count) dod(zeros) xor(sum) dod(bucket)*
/// floats:   first --> t(int) count(b64) zeros(b64) sum(b64) bucket(b64)*
///           later --> dod(t) xor(count) xor(zeros) xor(sum) xor(bucket)*
/// ```
///
/// Nothing is aligned. A `dod` is an `int`: what is added to the step, which is added to the value
/// before; the first step is 0. `xor` is that of the XOR chunk, with one window for each field and
/// bucket. Integer buckets are differences to the bucket before.
///
/// | int, uint | 0 | 10 | 110 | 1110 | 11110 | 111110 | 1111110 | 11111110 | 11111111 |
/// |---|---|---|---|---|---|---|---|---|---|
/// | bits | 0 | 3 | 6 | 9 | 12 | 18 | 25 | 56 | 64 |
///
/// An `int` of n bits, n below 64, lies in -(2^(n-1) - 1) to 2^(n-1).
///
/// A sum that is a stale marker ends the sample: no buckets follow behind the first sample, and the
/// histogram is one that has nothing but this sum.
///
/// Of the reset hint, the chunk has one for its first sample: the two highest flags say unknown,
/// no, yes or gauge. A `no` there is told as unknown, as servers do, since nobody knows whether the
/// chunk before is still there. The samples behind it are gauges too, or they are `no`.
@NullMarked
package io.tsvault.wire.histogram;

import org.jspecify.annotations.NullMarked;
