package io.tsvault.lab.twin;

/// Which Prometheus the twin is. The three differ wherever tsvault has to know the difference.
public enum Generation {
    /// Takes future samples, answers 500 to what is too old, keeps every label set.
    V2_42("2.42.0"),
    /// Names are validated, errors are 400, a duplicate is described.
    V2_53("2.53.3"),
    /// Remote write 2.0, left-open ranges, UTF-8 names, nothing from the future.
    V3_5("3.5.3");

    private final String version;

    Generation(String version) {
        this.version = version;
    }

    /// What the build information says.
    public String version() {
        return version;
    }

    boolean isAtLeast(Generation that) {
        return compareTo(that) >= 0;
    }
}
