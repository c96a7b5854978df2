package io.tsvault.core.export;

import io.tsvault.core.series.TimeRange;

/// Is told how an export gets on.
public interface Progress {
    /// Nobody listens.
    Progress SILENT =
            new Progress() {
                @Override
                public void begins(TimeRange slice, long done, long left) {}

                @Override
                public void reads(long samples) {}

                @Override
                public void ends(TimeRange slice, String outcome, long bytes) {}

                @Override
                public void warns(String warning) {}
            };

    /// A slice is read next.
    void begins(TimeRange slice, long done, long left);

    /// So many samples of it have come.
    void reads(long samples);

    /// What became of it.
    ///
    /// @param outcome such as `committed`
    /// @param bytes that were stored
    void ends(TimeRange slice, String outcome, long bytes);

    /// Something that a person should know.
    void warns(String warning);
}
