/// How fast the chunk codec is beside the XOR codec: see the README of this module.
///
/// Only [io.tsvault.core.chunk.UnverifiedGroups] lies elsewhere, beside the encoder that it opens.
@NullMarked
package io.tsvault.benchmarks;

import org.jspecify.annotations.NullMarked;
