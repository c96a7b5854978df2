package io.tsvault.core.series;

/// What one label set holds: floats, native histograms, or some of each, as when a metric was
/// changed from one to the other. They never share a timestamp.
public record Series(Labels labels, Samples samples, Histograms histograms) {
    /// @throws IllegalArgumentException when a sample and a histogram share a timestamp
    public Series {
        int i = 0;
        int j = 0;
        while (i < samples.size() && j < histograms.size()) {
            int order = Long.compare(samples.timestampMs(i), histograms.timestampMs(j));
            if (order == 0) {
                throw new IllegalArgumentException(
                        labels + " has a float and a histogram at " + samples.timestampMs(i));
            }
            if (order < 0) {
                i++;
            } else {
                j++;
            }
        }
    }

    /// A series of floats only.
    public Series(Labels labels, Samples samples) {
        this(labels, samples, Histograms.NONE);
    }

    /// How many floats and histograms there are.
    public int size() {
        return Math.addExact(samples.size(), histograms.size());
    }
}
