package io.tsvault.core.chunk;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import java.util.List;

/// Each job again and again, in a JVM of its own. What counts is the line `samples`, per second.
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class CodecBenchmark {
    /// Which samples.
    @Param public Dataset dataset = Dataset.FORTY_TARGETS_2_H;

    @SuppressWarnings("NullAway.Init") // JMH calls setUp first
    private Workload workload;

    /// Samples that went through.
    @State(Scope.Thread)
    @AuxCounters
    public static class Counted {
        /// By now.
        public long samples;
    }

    /// Makes the samples, and holds the codecs to them.
    @Setup
    public void setUp() {
        workload = new Workload(dataset);
    }

    /// Lets native memory go.
    @TearDown
    public void tearDown() {
        workload.close();
    }

    /// Series to whole chunks, verified.
    @Benchmark
    public List<Chunk> encode(Counted counted) {
        counted.samples += workload.samples();
        return workload.encode();
    }

    /// Series to the bytes of row groups.
    @Benchmark
    public long encodeUnverified(Counted counted) {
        counted.samples += workload.samples();
        return workload.encodeUnverified();
    }

    /// A chunk to series.
    @Benchmark
    public long decode(Counted counted) {
        counted.samples += workload.samples();
        return workload.decode();
    }

    /// Series to XOR chunks.
    @Benchmark
    public long xorEncode(Counted counted) {
        counted.samples += workload.samples();
        return workload.xorEncode();
    }

    /// XOR chunks to samples that are overwritten.
    @Benchmark
    public long xorDecode(Counted counted) {
        counted.samples += workload.samples();
        return workload.xorDecode();
    }

    /// XOR chunks to series.
    @Benchmark
    public long xorDecodeToSeries(Counted counted) {
        counted.samples += workload.samples();
        return workload.xorDecodeToSeries();
    }
}
