/// Chunks: immutable files that hold the series of one slice, small and lossless.
///
/// [ChunkWriter] writes them, [ChunkReader] reads them. The rest of this page is the format,
/// version 1.0: with it alone a reader can be written in any language.
///
/// # The idea
///
/// The samples of a metrics server are columns: one of timestamps, which all series of a scrape
/// share, and one of values for each series. A value becomes an integer without loss wherever it
/// can; the integers are predicted; what was not expected becomes one byte, and the bits that the
/// byte does not say. The bytes are compressed with Zstandard, together with those of columns that
/// look alike; the bits are noise and stay as they are.
///
/// ```text
///  +--------+-------------+-------------+--------+-------------+--- -
/// -+----------+-------+---------+
///  | header | row group 0 | row group 1 | LABELS | row group 2 |       | METADATA | INDEX |
/// trailer |
///  +--------+-------------+-------------+--------+-------------+--- -
/// -+----------+-------+---------+
///           | window 0: series a to m   | a to z | n to z ...
/// ```
///
/// # Terms
///
/// - *window*: two hours of time, from a multiple of 7,200,000 ms since 1970 on (rounded down, also
///   before 1970).
/// - *row group*: samples of one window, of a run of series in label order. A long series may go on
///   in the next group of the same window.
/// - *stream*: a run of bytes with a kind, a length and a checksum, perhaps compressed.
/// - *column*: numbers of one kind that belong to one series, or to several alike.
/// - *vector*: timestamps that columns of a row group refer to.
/// - *label order*: series compare by name, value, name, value as unsigned bytes, the shorter one
///   first. The labels of a series are sorted by name; no name comes twice; nothing is empty.
///
/// # Notation
///
/// `x*` is any number of x, `x+` at least one, `[ x ]` one or none, `{ x }n` n of them.
///
/// - `u8 u16 u32 u64`: so many bits, unsigned unless it says otherwise, little-endian
/// - `varint`: unsigned, up to 64 bits; 7 bits a byte, the lowest first; all bytes but the last
/// have
///   bit 7 set
/// - `zigzag`: a signed varint: n is written as `(n << 1) ^ (n >> 63)`, so 0, -1, 1, -2 as 0, 1, 2,
/// 3
/// - `block`: a varint, and so many bytes; `text`: a block of UTF-8
/// - all arithmetic on integers wraps at 64 bits; `>>` rounds down, `>>>` fills with zeros
///
/// # File
///
/// ```text
/// file      = header { group | LABELS }* [ METADATA ] INDEX trailer
/// header    = magic version crc                                                  20 bytes
/// trailer   = fileLength indexOffset indexLength version crc magic               40 bytes
/// version   = major minor features
/// group     = COLUMNS TOKENS BITS [ REPEATS ]
/// stream    = kind coding plainLength packedLength byte* crc
/// ```
///
/// - magic: 8 bytes, `89 54 53 56 0d 0a 1a 0a`
/// - major, minor: u16. A reader refuses another major version. A higher minor version only adds
///   what may be skipped.
/// - features: u32, bits that a reader must know or refuse the file; 0 in version 1.0
/// - fileLength, indexOffset: u64; indexLength: u32, the length of the INDEX stream, which ends
///   where the trailer begins
/// - crc: u32, CRC-32C (Castagnoli) of what comes before it in the header, trailer or stream
/// - kind: u8. 1 COLUMNS, 2 TOKENS, 3 BITS, 4 REPEATS, 16 LABELS, 17 METADATA, 18 INDEX. Of other
///   kinds a reader skips those from 128 on, and refuses those below. Reserved: 128 exemplars,
///   129 start timestamps, both behind the streams of their row group.
/// - coding: u8. 0 as it is, 1 a Zstandard frame without magic number, content size, checksum and
///   dictionary
/// - plainLength, packedLength: varints, the bytes of the content and of what stands in the file
///
/// Groups and label blocks are found by the index alone. Groups lie in the order of windows, in one
/// window in label order; a label block lies behind the groups that it names, and may serve groups
/// of later windows. The name of the file is not part of it; a SHA-256 of the whole is kept beside
/// it by whoever stores it.
///
/// # INDEX
///
/// ```text
/// INDEX      = series metadata count labelBlock* count group* count property*
/// metadata   = gap length                                   two zeros: there is none
/// labelBlock = gap length series
/// group      = gap length block first series samples more minTime span metric metric digest
/// property   = text text                                    name, value
/// ```
///
/// - series: varint, different label sets in the file; of a label block or group, how many names
/// - gap: varint, the bytes between the end of the last thing of the same kind (the header, for the
///   first) and this one; length: varint, of its streams
/// - block, first: varints, the label block that names the series, and which of its names is first
/// - samples, more: varints; the group holds so many samples, and `samples + more` values: a float
///   is one value, a histogram `3 + buckets + spans + custom bounds`
/// - minTime: zigzag, the oldest timestamp in ms less that of the group before (0 for the first);
///   span: varint, from there to the newest
/// - metric: block, the least and the greatest value of the label `__name__` in the group
/// - digest: u64, see below
///
/// # LABELS
///
/// ```text
/// LABELS = count { block }4            SERIES VALUES LENGTHS TEXT
/// series = shared more { name value }more
/// name   = number [ string ]
/// value  = number [ string ]
/// string = kept length byte*
/// ```
///
/// - count, shared, more: varints, the last two in SERIES: the series has the first `shared` labels
///   of the one before, and `more` others
/// - number: varint, of names in SERIES, of values in VALUES. Names are numbered as they come, from
///   0; values for each name apart. A number that is one too large is new: its string follows.
/// - kept, length: varints in LENGTHS; bytes in TEXT. The string is the first `kept` bytes of the
///   string that got the number before (of the same name, if a value), then these bytes.
///
/// # Row group
///
/// ```text
/// COLUMNS = vectors { block }5         SHAPE MODES LANES NUMBERS CONSTANTS
/// vector  = length integers
/// series  = shape [ slice ] [ slice ] [ doubles ] [ histograms ]
/// slice   = | number | number from back
/// ```
///
/// - vectors: varint, how many; they come first, then the series
/// - length: varint in NUMBERS
/// - shape: u8 in SHAPE. Bit 0: there are floats, one column of doubles. Bit 1: there are native
///   histograms. Bits 2-3: the slice of the floats, bits 4-5 that of the histograms, 0 without.
/// - slice: which timestamps. 0 those of the column before, 1 the next vector that no slice has
///   used, 2 the vector `number`, 3 that vector without its first `from` and its last `back`;
///   varints in SHAPE. Vectors are numbered in the order in which slices use them first.
///
/// ## Integers
///
/// ```text
/// integers = mode base [ step ] [ parameter ] residual*
/// ```
///
/// - mode: u8 in MODES. Bits 0-3: the prediction. Bit 4: a step follows; else it is 1.
/// - base: zigzag; step: varint, not 0; parameter: zigzag, for predictions from 7 on; in NUMBERS
/// - integer i is `base + step * x(i)`, and x(0) = 0. For i > 0, with q(i) the residuals, of which
///   there is one less than of integers, s(i) = q(1) + ... + q(i-1) and p the parameter:
///
/// ```text
/// prediction 0..6     x(i) = q(i) + (s(i) >> prediction)
/// prediction 7        x(i) = q(i) + p
/// prediction 8..14    x(i) = q(i) + x(i-1) + p + (s(i) >> (prediction - 8))
/// prediction 15       x(i) = q(i) + x(i-1) + p
/// ```
///
/// A residual is written zigzag as u. If u < 64 its token is u. Else let b be the position of the
/// highest bit of u (6 or more) and h the bit below it: the token is 64 + 2 * (b - 6) + h, and the
/// lowest b - 1 bits of u follow in BITS. Tokens from 180 on mean nothing.
///
/// ```text
/// BITS   = bit*                        bit 0 of a byte first; zeros fill the last byte
/// TOKENS = lanes { coding plainLength packedLength }lanes { byte* }lanes
/// ```
///
/// - lanes: varint, at most 16. Each lane is compressed on its own: `coding` as of streams.
/// - Each column with residuals has a u8 in LANES, the lane in which its tokens follow those of the
///   columns before. BITS has the bits of all columns one behind the other.
///
/// ## Doubles
///
/// ```text
/// doubles = mode [ count gap* ] exception* body
/// ```
///
/// - mode: u8 in MODES. Bits 0-2: the body. Bits 3-4: exceptions: 0 none, 1 `count` and `gap`s
///   follow, 2 at the positions of the last column that had 1 and whose slice is of the same
/// vector.
///   Bit 5: every exception is the stale marker 7ff0000000000002; else each is 8 bytes in
/// CONSTANTS.
/// - count, gap: varints in NUMBERS; gap is how many values lie between this exception and the one
///   before, or the front
/// - an exception replaces what the body says at its position
///
/// ```text
/// body 0  value                8 bytes in CONSTANTS: all values are this one
/// body 1  distance             varint in NUMBERS: as the column of doubles so many before,
/// exceptions
///                              included; 1 is the one before; it has as many values
/// body 2  exponent integers    u8 in MODES, 0 to 15: value i is the double nearest to m(i) /
/// 10^exponent
/// body 3  distance integers    value i is m(i) + r(i): r(i) is value i of the column `distance`
/// before
///                              as an integer, rounded to zero and clamped; where that is NaN,
/// r(i-1),
///                              and at the front 0
/// body 4  exponent integers integers
///                              as body 2, then the second integers are added to the bits of each
/// value
/// body 5  integers             bits b of a double as b ^ ((b >> 63) & 7fffffffffffffff)
/// body 6                       8 bytes for each value in REPEATS
/// ```
///
/// Where integers become doubles they are rounded to nearest, ties to even. Writers use only what
/// gives back the same 64 bits; NaN payloads, -0.0 and infinities become exceptions or bits.
///
/// HISTOGRAMS_HERE
///
/// # METADATA
///
/// ```text
/// METADATA = count { type family help unit }count
/// ```
///
/// - count: varint; family, help, unit: text
/// - type: u8. 0 unknown, 1 counter, 2 gauge, 3 histogram, 4 gauge histogram, 5 summary, 6 info,
///   7 state set
///
/// # Digest
///
/// The digest of a row group tells whether its content is what was written, whatever the encoding:
/// XXH64 with seed 0 over these 64-bit words of each series, little-endian:
///
/// 1. XXH64 of the labels, each name and value as a block
/// 2. how many floats
/// 3. XXH64 of their timestamps
/// 4. XXH64 of their bits
/// 5. XXH64 of the histograms, 0 without:
///
/// ```text
/// DIGEST_HERE
/// ```
///
/// # What a reader must do
///
/// Check every checksum and digest; refuse whatever lies outside of its stream, says more than the
/// index does, leaves bytes unread, or exceeds these limits, before allocating anything for it:
///
/// - a file: 64 MiB; the streams of a row group: 16 MiB; INDEX, METADATA, a label block: 4 MiB each
/// - a row group: 262,144 values; a file: 16,384 row groups, 16,384 label blocks
/// - a label block: 8,192 series, 4 MiB of strings and labels; a series: 1 MiB of labels
/// - a histogram: 65,536 buckets, spans, custom bounds
///
/// Read from the end: most indexes lie in the last 64 KiB. A row group is wanted if its times and
/// metric names overlap what is looked for and one of its series matches.
///
/// # Versions
///
/// - 1.0, November 2026: the first. Every later version of tsvault reads it.
///
/// # Known limitations
///
/// - Exemplars and start timestamps are not written.
/// - Metadata belongs to the file, not to a series: two targets that describe a metric differently
///   are both kept, without saying which is which.
/// - One metric cannot be read without its row group, up to 1/28 of its window.
/// - A row group can be decoded only as a whole.
///
/// # Example
///
/// EXAMPLE_HERE
@NullMarked
package io.tsvault.core.chunk;

import org.jspecify.annotations.NullMarked;
