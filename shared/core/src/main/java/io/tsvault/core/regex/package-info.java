/// Regular expressions as Prometheus means them, for matchers and for relabelling: the syntax and
/// the engine of RE2, linear in the length of what is read, whoever wrote the expression.
@NullMarked
package io.tsvault.core.regex;

import org.jspecify.annotations.NullMarked;
