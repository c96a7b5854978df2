package io.tsvault.core.relabel;

/// Pairs of hashes, the first of each only once: an open table that grows to a limit. When it is
/// full it forgets the half of the hashes that another walk can look at.
///
/// A slot takes 12 bytes and more than 3/8 of them are taken: 16 to 32 bytes for a pair, twice that
/// while it makes room.
final class Pairs {
    private static final int FEWEST_SLOTS = 1 << 10;

    private final int mostSlots;
    private long[] keys = {};
    private int[] values = {};
    private int size;
    private Share share;

    /// @param mostSlots a power of two
    /// @param share which hashes are looked at
    Pairs(int mostSlots, Share share) {
        this.mostSlots = mostSlots;
        this.share = share;
        rebuild(Math.min(FEWEST_SLOTS, mostSlots));
    }

    /// Which hashes were looked at from the first to the last.
    Share share() {
        return share;
    }

    /// Keeps the pair if its key is new and belongs to the share.
    ///
    /// @return is `key` kept with another value?
    boolean meets(long key, int value) {
        while (share.has(key) && 4L * size >= 3L * keys.length) {
            makeRoom();
        }
        return share.has(key) && put(key, value);
    }

    private void makeRoom() {
        if (keys.length < mostSlots) {
            rebuild(2 * keys.length);
        } else {
            share = share.firstHalf();
            rebuild(mostSlots);
        }
    }

    private void rebuild(int slots) {
        long[] oldKeys = keys;
        int[] oldValues = values;
        keys = new long[slots];
        values = new int[slots];
        size = 0;
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0 && share.has(oldKeys[i])) {
                put(oldKeys[i], oldValues[i]);
            }
        }
    }

    private boolean put(long key, int value) {
        long stored = key == 0 ? 1 : key; // 0 is an empty slot
        int mask = keys.length - 1;
        int slot = (int) stored & mask;
        while (keys[slot] != 0 && keys[slot] != stored) {
            slot = (slot + 1) & mask;
        }
        if (keys[slot] == stored) {
            return values[slot] != value;
        }
        keys[slot] = stored;
        values[slot] = value;
        size++;
        return false;
    }
}
