/// Series as a fleet of exporters would give them: made up, realistic, and the same to the last bit
/// for the same seed. Figures that are measured on them can be measured again by anybody.
///
/// ```text
/// Fleet = recipe, seed, targets, schedule
///   targets   a clock and a load curve each
///     series  labels and a signal: the value of each scrape from the one before
/// Fleet.series()        whole series, one after the other
/// Fleet.windows(width)  all series of one stretch of time, then of the next
///   -> RemoteWriteFeed, OpenMetricsFeed, ScrapeFeed
/// ```
///
/// ## What the recipes model
///
/// Target `k` is a host when `k % 10` is 0 to 2, an application for 3 to 7, a kubelet for 8, a
/// kube-state-metrics for 9. One application in four is replaced once, by a pod with another name.
/// [Recipe#PUBLIC_2] adds a process exporter to each host and leaves the others as they are.
///
/// | family | series of one | share at 40 targets |
/// |---|---|---|
/// | node exporter | 449 | 34.4 % |
/// | application | 241 per pod | 32.4 % |
/// | kube-state-metrics | 1,085 | 27.7 % |
/// | cAdvisor, 12 containers | 168 | 4.3 % |
/// | process exporter (only public-2) | 15 | 1.2 % |
///
/// | values | share at 40 targets of public-2 |
/// |---|---|
/// | constant | 48.2 % |
/// | histogram: cumulative buckets, sum, count | 14.5 % |
/// | counter of events, Poisson | 11.6 % |
/// | random walk of whole units | 7.0 % |
/// | counter of seconds with 2, 3 or 9 decimals | 5.1 % |
/// | function of the scrape's time, or noise per scrape, to the nanosecond | 4.0 % |
/// | counter of bytes, lognormal steps | 3.1 % |
/// | quantile of a summary, in part NaN | 2.7 % |
/// | lognormal noise, all 52 bits | 1.3 % |
/// | saw-tooth of a heap | 0.8 % |
/// | **counter of seconds summed in floating point** (only public-2) | 0.8 % |
/// | decimal measurement, 1 to 9 digits | 0.7 % |
/// | sum of durations, all 52 bits | 0.2 % |
///
/// All series of a target share its timestamps: 97 % of the scrapes are on time to the millisecond,
/// the others are late by up to 0.42 s. The twelve containers of a kubelet have timestamps of their
/// own, up to 9 s before the scrape. One scrape in 2,000 is missed: each series of the target then
/// has one stale marker, as it has at the end of a pod. Counters follow the load of their target, a
/// day's wave times a slow drift.
///
/// Not modelled: native histograms, exemplars, metadata, counters that fall, samples out of order.
///
/// ## The same bits
///
/// A fleet is a function of its four values. All chance comes from `Dice`, the algorithms of
/// `java.util.Random`. But values go through `Math.exp`, `log` and `sin`, whose last bit a platform
/// may choose. The check values hold on x86-64, where HotSpot's interpreter and both its compilers
/// share one routine (17 and 25 agree, with and without AVX). `StrictMath` would be portable, but
/// gives other values than the program with which the published figures were measured, and public-1
/// is that program's output. Labels, timestamps and counts of all check values are the same with
/// either.
///
/// | 15 s, seed 42, from 2026-11-20T00:00:00Z | public-1 | public-2 |
/// |---|---|---|
/// | 10 targets, 10 min | 3,805 series, 152,200 samples | 3,850 series, 154,000 samples |
/// | 40 targets, 2 h | 15,461 series, 7,305,359 samples | 15,641 series, 7,391,759 samples |
/// | 10 targets, 24 h | 3,805 series, 21,916,800 samples | 3,850 series, 22,176,000 samples |
///
/// `CheckValuesTest` holds the digests of labels, timestamps and value bits. From 210 targets on
/// that program gives some label sets twice; here each kube-state-metrics has its own address.
///
/// ## Memory and time
///
/// A run holds the labels of every series and the state of its signal, about 1.3 kB each, and the
/// samples of the one series that is being handed out. Beside that it holds about 45 bytes for each
/// scrape of each target: of one window in [Fleet#windows], of the whole schedule in
/// [Fleet#series]. So windows run in memory that does not grow with time. Only the start takes
/// longer, as each clock is run through once to find what the target draws behind it.
@NullMarked
package io.tsvault.lab.generator;

import org.jspecify.annotations.NullMarked;
