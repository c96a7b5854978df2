/// The vault. (page to be written)
@NullMarked
package io.tsvault.core.vault;

import org.jspecify.annotations.NullMarked;
