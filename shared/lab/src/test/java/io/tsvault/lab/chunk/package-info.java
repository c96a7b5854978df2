/// What chunks cost, measured on fleets that anybody can make again: bytes, bytes per read, heap.
/// These tests need the generator, which core's own tests cannot see.
///
/// | promise | held by |
/// |---|---|
/// | a file takes the bytes written down in [Yardstick], labels and index included | `SizeTest` |
/// | what went in comes out, window by window and series by series | `ContentTest` |
/// | one metric is read without the others | `SelectionTest` |
/// | heap does not grow with samples or series | `MemoryTest` |
@NullMarked
package io.tsvault.lab.chunk;

import org.jspecify.annotations.NullMarked;
