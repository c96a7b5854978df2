/// Series as a fleet of exporters would give them.
@NullMarked
package io.tsvault.lab.generator;

import org.jspecify.annotations.NullMarked;
