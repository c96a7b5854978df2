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
/// +--------+---------+---------+--------+---------+-- --+----------+-------+---------+
/// | header | group 0 | group 1 | LABELS | group 2 |     | METADATA | INDEX | trailer |
/// +--------+---------+---------+--------+---------+-- --+----------+-------+---------+
///          | window 0: a to m  | a to z | n to z ...
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
/// - `varint`: unsigned, up to 64 bits in at most 10 bytes; 7 bits a byte, the lowest first; all
///   bytes but the last have bit 7 set. Writers use as few bytes as can be, readers need not care.
/// - `zigzag`: a signed varint: n is written as `(n << 1) ^ (n >> 63)`: 0, -1, 1, -2 as 0, 1, 2, 3
/// - `block`: a varint, and so many bytes; `text`: a block of UTF-8, in which readers see U+FFFD
///   for what is none
/// - all arithmetic on integers wraps at 64 bits; `>>` rounds down, `>>>` fills with zeros
///
/// # File
///
/// ```text
/// file      = header { group | LABELS }* [ METADATA ] INDEX trailer
/// header    = magic version crc                                                  20 bytes
/// trailer   = fileLength indexOffset indexLength version crc magic               40 bytes
/// version   = major minor features
/// group     = other* COLUMNS other* TOKENS other* BITS other* [ REPEATS other* ]
/// stream    = kind coding plainLength packedLength byte* crc
/// ```
///
/// - magic: 8 bytes, `89 54 53 56 0d 0a 1a 0a`
/// - major, minor: u16, the same in header and trailer. A reader refuses another major version. A
///   higher minor version only adds what may be skipped.
/// - features: u32, bits that a reader must know or refuse the file; 0 in version 1.0
/// - fileLength, indexOffset: u64; indexLength: u32, the length of the INDEX stream, which ends
///   where the trailer begins
/// - crc: u32, CRC-32C (Castagnoli) of what comes before it in the header, trailer or stream
/// - kind: u8. 1 COLUMNS, 2 TOKENS, 3 BITS, 4 REPEATS, 16 LABELS, 17 METADATA, 18 INDEX. A stream
///   of another kind may stand where the grammar says `other`, and before and behind LABELS,
///   METADATA and INDEX, within the lengths that INDEX and trailer give: a reader skips those from
///   128 on, and refuses the file for those below as too new. Reserved: 128 exemplars, 129 start
///   timestamps, both behind the streams of their row group.
/// - coding: u8. 0 as it is, 1 one Zstandard frame without magic number and dictionary (writers
///   leave out content size and checksum too)
/// - plainLength, packedLength: varints, the bytes of the content and of what stands in the file;
///   what is packed is not longer than its content
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
/// property   = text text                                    name, value; names ascend
/// ```
///
/// - series: varint, different label sets in the file (readers need not verify this one); of a
///   label block or group, how many names
/// - gap: varint, the bytes between the end of the last thing of the same kind (the header, for the
///   first) and this one; length: varint, of its streams
/// - block, first: varints, the label block that names the series, and which of its names is first
/// - samples, more: varints; the group holds so many samples, and `samples + more` values: a float
///   is one value, a histogram `3 + buckets + spans + custom bounds`
/// - minTime: zigzag, the oldest timestamp in ms less that of the group before (0 for the first);
///   span: varint, from there to the newest
/// - metric: block, the least and the greatest value of the label `__name__` in the group; a series
///   without that label has the empty one
/// - properties: what the writer was told about the file; names in the order of their bytes, none
///   twice
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
/// - length: varint in NUMBERS, not 0. The integers of a vector ascend strictly; a slice uses each
///   vector, and there are at most as many as samples, and as twice the series.
/// - shape: u8 in SHAPE. Bit 0: there are floats, one column of doubles. Bit 1: there are native
///   histograms. Bits 2-3: the slice of the floats, bits 4-5 that of the histograms, 0 without.
/// - slice: which timestamps. 0 those of the column before, 1 the next vector that no slice has
///   used, 2 the vector `number`, 3 that vector without its first `from` and its last `back`;
///   varints in SHAPE. Vectors are numbered in the order in which slices use them first. The
///   column before may be that of the floats of the same series. No timestamp is both in the slice
///   of the floats and in that of the histograms of a series.
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
/// - lanes: varint, at most 16. Each lane is compressed on its own: bit 0 of `coding` (u8) as of
///   streams. Bit 1: a byte b from 180 on stands for b - 178 tokens 0.
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
///   vector (none, when there was no such column). Bit 5: every exception is the stale marker
///   7ff0000000000002; else each is 8 bytes in CONSTANTS.
/// - count, gap: varints in NUMBERS; gap is how many values lie between this exception and the one
///   before, or the front of the column: positions count the values of the column, not of the
///   vector
/// - an exception replaces what the body says at its position
///
/// ```text
/// body 0  value                  8 bytes in CONSTANTS: all values are this one
/// body 1  distance               varint in NUMBERS: as the column of doubles so many before,
///                                exceptions included; 1 is the one before
/// body 2  exponent integers      u8 in MODES, 0 to 15: value i is the double m(i), divided
///                                by the double 10^exponent
/// body 3  distance integers      value i is m(i) + r(i): r(i) is value i of the column
///                                `distance` before as an integer, rounded to zero and
///                                clamped; where that is NaN, r(i-1), and at the front 0
/// body 4  exponent integers integers
///                                as body 2, then the second integers are added to the bits
///                                of each value
/// body 5  integers               bits b of a double as b ^ ((b >> 63) & 7fffffffffffffff)
/// body 6                         8 bytes for each value in REPEATS
/// ```
///
/// Columns of doubles are counted through the whole row group, those of histograms too; one that
/// bodies 1 and 3 refer to has as many values.
///
/// Where integers become doubles they are rounded to nearest, ties to even. Writers use only what
/// gives back the same 64 bits; NaN payloads, -0.0 and infinities become exceptions or bits.
///
/// ## Native histograms
///
/// ```text
/// histograms = run+ sum column*
/// run        = number length [ layout ]
/// layout     = flags [ schema threshold ] [ count bound* ] spans spans
/// spans      = count { offset length }
/// column     = doubles | share integers
/// ```
///
/// - number, length: varints in NUMBERS. `length` samples have the layout `number >> 2` and the
///   hint `number & 3`: 0 unknown, 1 a counter reset, 2 no counter reset, 3 a gauge. Runs go on
///   until every histogram has one; none is empty. Layouts are numbered through the row group from
///   0; a number that is one too large is a new layout, which follows.
/// - flags: u8 in MODES. Bit 0: the counts are doubles, else integers. Bit 1: schema and threshold
///   follow. Bit 2: custom bounds follow. What does not follow is as in the layout with the number
///   before; for layout 0 it is 0, 0 and none.
/// - schema: zigzag in NUMBERS; threshold, bound: 8 bytes of a double in CONSTANTS; count: varint
/// - spans: of the positive buckets, then of the negative ones; count and length varints, offset
///   zigzag, in NUMBERS
/// - sum: a column of doubles with the sum of every histogram
/// - column: what the layouts count, in the order in which it comes first, run by run: the count,
///   the zero count, then each bucket. A column serves all samples of the series that have it: the
///   same flavour and schema, and the same thing: count, zero count, or the bucket of one side,
///   turn and number. The number of a bucket is the offset of the first span, and so on upwards;
///   later offsets leave buckets out, and one below 0 begins another turn.
/// - Counts of buckets are absolute, not differences. Offsets and schemas fit 32 bits.
/// - In place of the count of an integer histogram stands the count less the zero count and all
///   buckets. Of doubles the count stands as it is.
/// - share: zigzag in NUMBERS. Let t(i) be the sum of all integer columns before this one of the
///   same series with as many values: value i is `integer i + ((share * (t(i) - t(0))) >> 24)`.
///
/// # METADATA
///
/// ```text
/// METADATA = count { type family help unit }count
/// ```
///
/// - count: varint; family, help, unit: text. Of the chunks of a slice each has the families of
///   its series, by name, or by name and `_bucket _count _created _gcount _gsum _info _sum _total`;
///   the last one also those of no series.
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
/// histograms = XXH64 of { timestamp histogram }
/// histogram  = XXH64 of layout hint count zeroCount sum bucket*
/// layout     = XXH64 of flavour schema threshold spans spans boundCount bound*
/// spans      = count { offset length }
/// ```
///
/// All of these are 64-bit words too, smaller numbers extended by their sign; flavour is 0 for
/// integers and 1 for doubles; the hash of nothing stands for the floats of a series without.
///
/// # What a reader must do
///
/// Check every checksum and digest; refuse codes, modes, flags and bits that have no meaning here;
/// refuse whatever lies outside of its stream, says more than the index does, leaves bytes unread,
/// or exceeds these limits, before allocating anything for it:
///
/// - a file: 64 MiB, 16,384 row groups, 16,384 label blocks; 256 properties of 64 KiB in all
/// - a row group: 262,144 values; its streams 10 MiB in the file, and decompressed (TOKENS, and its
///   lanes again, with their zero runs) 1,024 bytes, 32 for each value and 64 for each series
/// - INDEX and each label block: 4 MiB decompressed; METADATA: 2 MiB, 32 bytes of each entry
///   included
/// - a label block: 8,192 series, 2 MiB of strings, and 2 MiB of labels as the series have them; a
///   series: 1 MiB of labels
/// - what label blocks make a reader decode: each time that a row group names another block than
///   the one before, count the series of that block: in all at most 32,768 and twice the series of
///   all row groups; so counted, the labels of a block beyond 4 KiB for each series are at most
///   16 MiB
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
/// - One metric cannot be read without its row groups, each up to 1/28 of its window: of one with
///   few series up to 5 % of a file are read, of one with many its own share and a little more.
/// - A row group can be decoded only as a whole.
/// - A series of more than 1.3 million floats in a window, 180 a second, is read in narrower ones.
///
/// # Example
///
/// Two series at 15 seconds, `load{job="node"}` 0.25, 0.75, 0.5 and `up{job="node"}` 1, 1, 1, from
/// 2023-11-14T22:13:20Z on, and that `up` is a gauge:
///
/// ```text
/// 89 54 53 56 0d 0a 1a 0a         magic
/// 01 00 00 00 00 00 00 00         version 1.0, no features
/// 4c 5d d3 17                     crc
/// 01 00 24 24                     COLUMNS, as it is, 36 bytes, 36 here
/// 01                              1 timestamp vector
/// 02                              SHAPE, 2 bytes
/// 05                              load: floats, slice 1: the next vector
/// 01                              up: floats, slice 0: as before
/// 05                              MODES, 5 bytes
/// 18                              the vector: prediction 8, with step
/// 02 02                           load: decimal, exponent 2,
/// 17                              prediction 7, with step
/// 00                              up: constant
/// 02                              LANES, 2 bytes
/// 00 00                           the vector and load are in lane 0
/// 0d                              NUMBERS, 13 bytes
/// 03                              the vector: 3 timestamps,
/// 80 a0 ab fe f9 62               base 1700000000000,
/// 98 75                           step 15000,
/// 02                              parameter 1
/// 32                              load: base 25,
/// 19                              step 25,
/// 02                              parameter 1
/// 08                              CONSTANTS, 8 bytes
/// 00 00 00 00 00 00 f0 3f         up: 1.0
/// ed 94 f3 be                     crc
/// 02 00 07 07                     TOKENS
/// 01                              1 lane
/// 02 03 03                        zero runs, 3 bytes, 3 here
/// b4                              the vector: residuals 0, 0
/// 02 00                           load: residuals 1, 0
/// 7a 34 23 86                     crc
/// 03 00 00 00                     BITS: none
/// fe c2 45 2a                     crc
/// 10 00 30 30                     LABELS
/// 02                              2 series
/// 08                              SERIES, 8 bytes
/// 00 02 00 01                     0 shared, 2 more: name 0, name 1, both new
/// 00 02 00 01                     0 shared, 2 more: name 0, name 1
/// 04                              VALUES, 4 bytes
/// 00 00                           load, node: both new
/// 01 00                           up: new; node
/// 0a                              LENGTHS, 10 bytes
/// 00 08 00 04 00 03 00 04 00 02   five strings that keep 0 bytes of another
/// 15                              TEXT, 21 bytes
/// 5f 5f 6e 61 6d 65 5f 5f         __name__
/// 6c 6f 61 64                     load
/// 6a 6f 62                        job
/// 6e 6f 64 65                     node
/// 75 70                           up
/// 29 33 d8 0b                     crc
/// 11 00 07 07                     METADATA
/// 01 02 02 75 70 00 00            1 family: gauge, up, no help, no unit
/// 40 03 a7 fb                     crc
/// 12 00 29 29                     INDEX
/// 02                              2 series
/// 7b 0f                           metadata: 123 bytes behind the header, 15 long
/// 01                              1 label block
/// 43 38 02                        67 bytes behind the header, 56 long, 2 series
/// 01                              1 row group
/// 00 43                           right behind the header, 67 long
/// 00 00                           label block 0, from series 0 on
/// 02 06 00                        2 series, 6 samples, 6 values
/// 80 a0 ab fe f9 62               oldest timestamp 1700000000000,
/// b0 ea 01                        newest 30000 later
/// 04 6c 6f 61 64                  load,
/// 02 75 70                        up
/// 33 5c 9c ce 6e 6f 48 d6         digest d6486f6ece9c5c33
/// 00                              no properties
/// 2d c2 f5 10                     crc
/// f7 00 00 00 00 00 00 00         the file is 247 bytes long
/// 9e 00 00 00 00 00 00 00         the index lies at 158,
/// 31 00 00 00                     49 bytes long
/// 01 00 00 00 00 00 00 00         version 1.0, no features
/// 0d 7d 0d 5a                     crc
/// 89 54 53 56 0d 0a 1a 0a         magic
/// ```
@NullMarked
package io.tsvault.core.chunk;

import org.jspecify.annotations.NullMarked;
