/// The command line. Results go to stdout, progress and messages to stderr; with `--json` stdout
/// holds exactly one JSON document.
///
/// | exit code | means |
/// |---|---|
/// | 0 | done and, where the command promises it, proven |
/// | 1 | failed; what was reached is kept and can be resumed |
/// | 2 | wrong use or configuration; nothing was touched |
/// | 3 | finished, but not whole |
/// | 4 | refused by a rule before the first write |
/// | 5 | stopped; can be resumed |
@NullMarked
package io.tsvault.cli;

import org.jspecify.annotations.NullMarked;
