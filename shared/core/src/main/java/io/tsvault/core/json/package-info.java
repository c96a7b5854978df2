/// JSON as far as tsvault needs it: small documents, read with suspicion, written in one way only.
///
/// # Canonical form
///
/// What is hashed must have one spelling. It is that of RFC 8785 for documents whose numbers are
/// whole:
///
/// - UTF-8 without a byte order mark, no white space, no line end;
/// - members of an object in the order of their names' UTF-16 units, each name once;
/// - numbers are whole, of 64 bits, without sign for 0;
/// - in strings a quotation mark and a backslash are escaped by a backslash; the control characters
///   8, 9, 10, 12 and 13 are a backslash and one of `b t n f r`, the others a backslash, `u00` and
///   two lower-case digits; everything else stands for itself.
///
/// [Json#parse] takes any spelling; who needs the canonical one compares the bytes.
///
/// # Limits
///
/// 16 levels of nesting, names of 256 characters, strings of 64 Ki characters, and as many bytes as
/// the caller says. No name twice in an object, nothing behind the document, no fractions.
@NullMarked
package io.tsvault.core.json;

import org.jspecify.annotations.NullMarked;
