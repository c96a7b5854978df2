/// The XOR chunk of Prometheus, both ways: [XorEncoder] packs samples of one series bit by bit,
/// [XorDecoder] unpacks them, and what is no chunk is a [MalformedChunk].
///
/// A sample is a timestamp in milliseconds and the 64 bits of its value; neither side ever looks at
/// a value as a number, so NaN payloads, stale markers and -0.0 stay what they are.
///
/// ```text
/// chunk  --> count(u16) first second later*      then zero bits up to the byte
/// first  --> varint(t) b64(v)                    zig-zag
/// second --> uvarint(step) value                 step: t less the t before, modulo 2^64
/// later  --> dod value                           dod: step less the step before
/// dod    --> "0" | "10" b14 | "110" b17 | "1110" b20 | "1111" b64          the first that fits
/// value  --> "0"                                 the bits of the value before
///          | "10" significant                    inside the window used before
///          | "11" b5(leading) b6(length mod 64) significant                a new window
/// ```
///
/// Bits run from the highest of a byte to the lowest, numbers are big-endian. `significant` is a
/// part of v XOR the v before: a window leaves out `leading` zeros, at most 31, and the zeros
/// behind `length` bits. A window is used again when the zeros left out fit it, even where a new
/// one would be shorter.
///
/// Where the format surprises:
///
/// | | |
/// |---|---|
/// | a dod of n bits | lies in -(2^(n-1) - 1) to 2^(n-1): `dod - 1` is the two's complement |
/// | "10" before any window | 64 bits; a Prometheus that goes on with a restored chunk writes it |
/// | the end in Prometheus 2.x | one zero byte more, see [XorEncoder#asPrometheus2] |
///
/// A worked example: 1 at 0 ms, 1 at 15 s, 2 at 30 s.
///
/// ```text
/// 0003 00 3ff0000000000000 9875 3097ffc0
///
/// 0003              3 samples
/// 00                the first at 0
/// 3ff0000000000000  is 1
/// 9875              15000 later
///   0               is the same
///   0               the same step later
///   11 00001 001011 11111111111   differs in 11 bits behind 1 zero
///   000000          up to the byte
/// ```
@NullMarked
package io.tsvault.wire.xor;

import org.jspecify.annotations.NullMarked;
