package io.tsvault.core.export;

/// Draws lots that look like chance, and come out the same for the same draw: nothing that repeats
/// every hour or every day falls between them for ever, and no state is needed.
final class Lot {
    private Lot() {}

    /// A number from 0 until before `sides`.
    static int of(String stream, long number, int sides) {
        long mixed = number + 0x9E3779B97F4A7C15L * (1 + stream.hashCode());
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return (int) Math.floorMod(mixed ^ (mixed >>> 31), (long) sides);
    }
}
