/// Comparing what is with what should be, sample by sample.
///
/// ```text
/// expected: series in label order --\
///                                    Comparison --> Difference, Difference, ...  and a Result
/// actual:   series in label order --/
/// ```
///
/// Both sides stream: neither is held. Neighbouring samples of one series that differ in the same
/// way are one [Difference], so that an hour that is missing is one line and not thousands.
@NullMarked
package io.tsvault.core.compare;

import org.jspecify.annotations.NullMarked;
