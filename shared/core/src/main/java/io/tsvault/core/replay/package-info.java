/// Replay: what was kept goes into a target, window by window, and each window is proven before the
/// next begins.
///
/// ```text
/// Archive -window-> expected \
///                             Comparison -lacking-> Lane -batches-> Target
/// Target -readBack-> actual  /            ^                            |
///                                         `-- again, until nothing lacks
/// ```
///
/// The first comparison says what is there already: it is not sent. Whatever the target answers,
/// the next one says what arrived. So a replay may be killed anywhere and begun again, by anybody:
/// what is there is never sent twice.
///
/// A Prometheus that takes only what is in order has one head for all series: once a newer sample
/// is in, an older one of whatever series is out. That is why time is the outer loop, why a window
/// is repaired at once or never, and why nothing newer is sent while it is not known whether a
/// batch arrived.
///
/// Where the target has other values, and they are to go, [Replacing] keeps them, deletes them,
/// looks whether they are gone, and has the window brought in once more.
@NullMarked
package io.tsvault.core.replay;

import org.jspecify.annotations.NullMarked;
