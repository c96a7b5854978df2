/// Changing the names of series on their way, by the rules of Prometheus.
///
/// ```text
/// Labels --> Rule, Rule, ... --> other Labels, or none: the series is dropped
///            \-- Relabelling --/
/// ```
///
/// | action | does |
/// |---|---|
/// | `replace` | `target_label` becomes `replacement`, if `regex` matches; if empty, it goes |
/// | `keep`, `drop` | drops the series, unless or if `regex` matches |
/// | `keepequal`, `dropequal` | likewise, unless or if the value is that of `target_label` |
/// | `hashmod` | `target_label` becomes the value's MD5 (the last 8 bytes) modulo `modulus` |
/// | `lowercase`, `uppercase` | `target_label` becomes the value, letter by letter |
/// | `labelmap` | each label whose name `regex` matches is copied to the name `replacement` |
/// | `labeldrop`, `labelkeep` | removes the labels whose names `regex` matches, or does not |
///
/// The value is that of the `source_labels`, joined by `separator`; a label that is not there has
/// an empty one. Expressions are anchored RE2 ([io.tsvault.core.regex.Regex]); `$1`, `${1}` and
/// `${name}` stand for groups, `$$` for a dollar. The results are those of Prometheus 3, which 2.x
/// shares but for a dot that meets a newline and names beyond letters, digits and `_`.
///
/// What Prometheus leaves open is decided so:
///
/// - Labels that begin with `__` are labels like others: nothing is stripped at the end, and a
///   series may lose its metric name.
/// - A rule that would make a name that is empty or not UTF-8 leaves the labels as they are.
/// - A series without labels is dropped.
/// - Values that are not UTF-8 pass through untouched; where case is changed, U+FFFD stands for
///   what is no letter of any script.
///
/// Rules that forget a label can make two series one: [Merging] finds them.
@NullMarked
package io.tsvault.core.relabel;

import org.jspecify.annotations.NullMarked;
