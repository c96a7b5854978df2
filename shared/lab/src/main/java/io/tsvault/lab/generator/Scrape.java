package io.tsvault.lab.generator;

/// One scrape of one target.
///
/// @param number counted from 0 at the start of the schedule
/// @param missed the target did not answer: its series are marked stale
/// @param load how busy the target is; 1 is a busy hour
record Scrape(int number, long timestampMs, boolean missed, double load) {}
