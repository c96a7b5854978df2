/// Targets: servers that series are written to, and read back from.
///
/// ```text
/// Target -probe----> Standing: what it takes, in which order, how long it keeps it
/// Target -write----> Outcome:  Stored | Refused | Throttled | Unknown
/// Target -readBack-> a Source: what is really there
/// ```
///
/// An outcome is what the server says, and no proof: servers answer yes and drop. Only what is read
/// back is there.
@NullMarked
package io.tsvault.core.target;

import org.jspecify.annotations.NullMarked;
