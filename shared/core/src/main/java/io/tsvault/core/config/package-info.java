/// What a vault is configured to do: [Registry] keeps the settings of sources, targets and streams
/// as records of the vault, so that whoever opens it, a function or a person, means the same.
///
/// Settings are names and values, all texts. A name that nobody knows is refused with the one that
/// was probably meant, and so is a secret: settings only say where one is to be found.
///
/// | kind | settings |
/// |---|---|
/// | `streams` | [StreamConfig] |
/// | `sources`, `targets` | those of their protocol; the vault keeps them and looks not inside |
@NullMarked
package io.tsvault.core.config;

import org.jspecify.annotations.NullMarked;
