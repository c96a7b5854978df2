/// The protocols of Prometheus and of those that speak like it.
@NullMarked
package io.tsvault.prometheus;

import org.jspecify.annotations.NullMarked;
