package io.tsvault.lab.generator;

import static io.tsvault.lab.generator.Counters.bytes;
import static io.tsvault.lab.generator.Counters.durations;
import static io.tsvault.lab.generator.Counters.events;
import static io.tsvault.lab.generator.Counters.seconds;
import static io.tsvault.lab.generator.Gauges.anyConstant;
import static io.tsvault.lab.generator.Gauges.constant;
import static io.tsvault.lab.generator.Gauges.function;
import static io.tsvault.lab.generator.Gauges.noise;
import static io.tsvault.lab.generator.Gauges.quantile;
import static io.tsvault.lab.generator.Gauges.sawTooth;
import static io.tsvault.lab.generator.Gauges.walk;

import java.util.List;

/// What every program in Go shows about itself: garbage collector, heap, process.
final class GoRuntime {
    private GoRuntime() {}

    static void addTo(Target t) {
        collector(t);
        t.add("go_goroutines", walk(60, 3, 0.5).notBelow(5));
        t.add("go_threads", constant(14));
        t.add("go_info", constant(1), "version", "go1.22.3");
        memory(t);
        process(t);
    }

    private static void collector(Target t) {
        for (String q : List.of("0", "0.25", "0.5", "0.75", "1")) {
            t.add("go_gc_duration_seconds", quantile(0.0002, 0.06), "quantile", q);
        }
        t.add("go_gc_duration_seconds_sum", durations(0.02, 0.0002));
        t.add("go_gc_duration_seconds_count", events(0.02));
    }

    private static void memory(Target t) {
        memstats(t, sawTooth(8e6, 3e7, 8), "alloc_bytes", "heap_alloc_bytes");
        memstats(t, sawTooth(8e6, 3e7, 1), "next_gc_bytes");
        memstats(
                t,
                walk(2e7, 3e5, 0.6).inUnitsOf(8192),
                "heap_idle_bytes",
                "heap_inuse_bytes",
                "heap_released_bytes",
                "stack_inuse_bytes");
        memstats(t, bytes(4e5, 1), "alloc_bytes_total");
        memstats(t, bytes(3e3, 1), "mallocs_total", "frees_total");
        memstats(
                t,
                anyConstant(1e7),
                "sys_bytes",
                "mcache_sys_bytes",
                "mspan_sys_bytes",
                "gc_sys_bytes",
                "buck_hash_sys_bytes",
                "other_sys_bytes",
                "heap_sys_bytes",
                "stack_sys_bytes",
                "lookups_total",
                "mcache_inuse_bytes");
        memstats(t, function(GoRuntime::lastCollection), "last_gc_time_seconds");
        memstats(t, noise(0.0004, 0.01), "gc_cpu_fraction");
        memstats(t, sawTooth(4e4, 2e5, 1), "heap_objects");
    }

    private static void memstats(Target t, Model model, String... names) {
        for (String name : names) {
            t.add("go_memstats_" + name, model);
        }
    }

    /// Some time in the last two minutes.
    private static double lastCollection(Scrape scrape) {
        int secondsAgo = scrape.number() * 7919 % 120;
        return Gauges.toNanos(scrape.timestampMs() / 1000.0 - secondsAgo);
    }

    private static void process(Target t) {
        t.add("process_cpu_seconds_total", seconds(0.02, 2));
        t.add("process_resident_memory_bytes", walk(6e7, 2e5, 0.5).inUnitsOf(4096).notBelow(1e6));
        t.add("process_virtual_memory_bytes", constant(7.4e8));
        t.add("process_virtual_memory_max_bytes", constant(1.8446744073709552e19));
        t.add("process_open_fds", walk(14, 1, 0.2).notBelow(5));
        t.add("process_max_fds", constant(1048576));
        double startedAt = Math.rint(t.schedule().startMs() / 10.0) / 100 - 1000;
        t.add("process_start_time_seconds", constant(startedAt));
    }
}
