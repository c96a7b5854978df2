/// Records. (page to be written)
@NullMarked
package io.tsvault.core.vault.record;

import org.jspecify.annotations.NullMarked;
