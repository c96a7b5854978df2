package io.tsvault.core.vault.key;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// How numbers and times stand in keys.
final class Digits {
    /// `20260131t120000000z`, in UTC.
    static final DateTimeFormatter SLICE =
            DateTimeFormatter.ofPattern("uuuuMMdd't'HHmmssSSS'z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    /// What is counted from here down is listed newest first.
    private static final long MOST = 9_999_999_999L;

    private Digits() {}

    /// At least ten. A log is opened by making a key for each record: a format would take as long
    /// as all the rest.
    static String ten(long number) {
        String digits = Long.toString(number);
        return "0".repeat(Math.max(0, 10 - digits.length())) + digits;
    }

    /// How many numbers are left behind this one.
    static String left(long number) {
        return ten(MOST - number);
    }

    /// Do these two belong together, as `9999999967` and `0000000032` do?
    static boolean match(String left, String number) {
        long there = Long.parseLong(number);
        return there > 0 && left(there).equals(left);
    }
}
