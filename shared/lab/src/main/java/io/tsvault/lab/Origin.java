package io.tsvault.lab;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// Where a server can be had from, without installing anything on this machine.
interface Origin {
    /// For people: "Debian forky".
    String describe();

    /// Why this machine cannot fetch from here, as far as it can be told without trying.
    Optional<String> obstacle();

    /// Puts the server into `folder`, which is empty and will be moved afterwards.
    ///
    /// @param scratch a folder of the cache, kept for the next fetch
    /// @return the version that came
    /// @throws IOException saying what could not be reached or run
    String fetch(Path folder, Path scratch) throws IOException;

    /// The main program below the folder.
    Path program(Path folder, Product product);
}
