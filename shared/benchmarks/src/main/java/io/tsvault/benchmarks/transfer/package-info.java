/// How long exports and restores take, and what they cost the server and ourselves.
@NullMarked
package io.tsvault.benchmarks.transfer;

import org.jspecify.annotations.NullMarked;
