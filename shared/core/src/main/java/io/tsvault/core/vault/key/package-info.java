/// Keys: what an object of a vault is called, and what an object is that is called so.
///
/// ```text
///  OfRecord, OfPage, OfChunk, Mark, OfJob ──text()──▶ streams/prod/log/9999999998_0000000001.json
///                                         ◀─parse()──
/// ```
///
/// Keys are made and read here and nowhere else. What [ObjectKey#parse] does not know, no version
/// of this format has made: [io.tsvault.core.vault.VaultCheck] calls it foreign.
@NullMarked
package io.tsvault.core.vault.key;

import org.jspecify.annotations.NullMarked;
