/// Chunks: immutable files that hold the series of one slice.
@NullMarked
package io.tsvault.core.chunk;

import org.jspecify.annotations.NullMarked;
