/// How long an export takes, and what it costs the server and ourselves.
@NullMarked
package io.tsvault.benchmarks.export;

import org.jspecify.annotations.NullMarked;
