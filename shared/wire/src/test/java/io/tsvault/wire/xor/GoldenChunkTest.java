package io.tsvault.wire.xor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.HexFormat;

/// Chunks as Prometheus 2.42.0, 2.53.3 and 3.5.3 made them; the two that begin at 0 ms are made up.
class GoldenChunkTest {
    private static final long T = 1_780_000_000_000L;

    @Test
    void theExampleOfThePackage() {
        long one = Double.doubleToRawLongBits(1);
        long two = Double.doubleToRawLongBits(2);
        hold(
                Unpacked.of(0, one, 15_000, one, 30_000, two),
                "0003 00 3ff0000000000000 9875 3097ffc0");
    }

    @Test
    void oddValues() {
        hold(
                every15s(
                        0x7ff0000000000002L,
                        0x8000000000000000L,
                        0,
                        0x7ff0000000000000L,
                        0xfff0000000000000L,
                        1,
                        0x7ff8000000000001L,
                        0x7ff8dead0000beefL,
                        0x000fffffffffffffL,
                        0x3fb999999999999aL),
                "000a 80a0a484ce67 7ff0000000000002 9875"
                        + "c1ffff8000000000001500000000000000013ff800000000000050000000000000001800"
                        + "fff00000000000014fff0000000000000800037ab40002fbb93ffb90a97fffa08823fb66"
                        + "666666666650");
    }

    @Test
    void windowsUsedAgainAndNew() {
        hold(
                differing(
                        0x41cdcd6500000000L,
                        0xff00,
                        0x0ff0,
                        0x0001,
                        0x8000000000000001L,
                        1L << 40,
                        0,
                        0xffL << 32,
                        1L << 63,
                        0xffff00000000L),
                "000a 80a0a484ce67 41cdcd6500000000 9875"
                        + "fec80003fdfdd000007fbfc20000000160020000000000000005000000800000000008"
                        + "000003fc00000001400000000000000020000ffff000000000");
    }

    @Test
    void changesOfStepThatJustFitAndJustDoNot() {
        hold(
                stepping(T, 600_000, 0, 8_192, -8_191, 8_193, -8_192, 65_536, -65_535, 65_537),
                "000a 80a0a484ce67 401c000000000000 c0cf24"
                        + "14000a00161000b78001a0000d000170800080");
        hold(
                stepping(T + 6_147_474, 1_124_292, -524_287, 524_289, -524_288, 0),
                "0006 a4d6928ace67 401c000000000000 c4cf44"
                        + "740000bc0000000000200005ffffffffffff000000");
    }

    /// Prometheus 2 ends with a byte more where whole bytes of bits fill the last one.
    @Test
    void theSpareByteOfPrometheus2() {
        Unpacked one = every15s(Double.doubleToRawLongBits(1.5));
        holdBoth(one, "0001 80a0a484ce67 3ff8000000000000", "00");
        long some = 0xab00;
        long all = 0xffff_ffff_ffffL;
        holdBoth(
                differing(0, some, some, some ^ all),
                "0004 80a0a484ce67 0000000000000000 9875 fec80002ad00002adc30ffffffff54ff",
                "00");
        holdBoth(
                differing(0, some, some ^ all),
                "0003 80a0a484ce67 0000000000000000 9875 fec80002adc30ffffffff54ff0",
                "");
    }

    /// A Prometheus that goes on with a chunk it has restored writes "10" before any window.
    @Test
    void aWindowThatWasNeverGivenIsAllBits() {
        byte[] chunk = bytes("0002 00 0000000000000000 01 affc00000000000000");
        assertThat(Unpacked.of(chunk))
                .isEqualTo(Unpacked.of(0, 0, 1, Double.doubleToRawLongBits(-1)));
    }

    private static Unpacked every15s(long... values) {
        long[] samples = new long[2 * values.length];
        for (int i = 0; i < values.length; i++) {
            samples[2 * i] = T + i * 15_000L;
            samples[2 * i + 1] = values[i];
        }
        return Unpacked.of(samples);
    }

    /// Each value differs from the one before by so many bits.
    private static Unpacked differing(long first, long... xors) {
        long[] values = new long[1 + xors.length];
        values[0] = first;
        for (int i = 0; i < xors.length; i++) {
            values[i + 1] = values[i] ^ xors[i];
        }
        return every15s(values);
    }

    /// Always 7, but at steps that change.
    private static Unpacked stepping(long first, long firstStep, long... dods) {
        long seven = Double.doubleToRawLongBits(7);
        long[] samples = new long[2 * (2 + dods.length)];
        long t = first;
        long step = firstStep;
        for (int i = 0; i < samples.length; i += 2) {
            step += i < 4 ? 0 : dods[i / 2 - 2];
            t += i == 0 ? 0 : step;
            samples[i] = t;
            samples[i + 1] = seven;
        }
        return Unpacked.of(samples);
    }

    private static void hold(Unpacked samples, String hex) {
        holdBoth(samples, hex, "");
    }

    private static void holdBoth(Unpacked samples, String hex, String more) {
        byte[] golden3 = bytes(hex);
        byte[] golden2 = bytes(hex + more);
        assertThat(samples.packed()).isEqualTo(golden3);
        assertThat(samples.packed(XorEncoder.asPrometheus2())).isEqualTo(golden2);
        assertThat(Unpacked.of(golden3)).isEqualTo(samples);
        assertThat(Unpacked.of(golden2)).isEqualTo(samples);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
