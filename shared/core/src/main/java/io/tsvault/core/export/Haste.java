package io.tsvault.core.export;

/// What a run does about time: how long it goes on asking, and whether it begins another slice.
record Haste(Persistence persistence, Pace pace) {}
