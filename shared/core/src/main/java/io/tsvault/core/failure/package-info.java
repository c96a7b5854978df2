/// What goes wrong in the world, sorted by what helps.
///
/// | failure | means | who reacts |
/// |---|---|---|
/// | [Transient] | the same again may work, a little later | a retry; then the next run |
/// | [Permanent] | it will not work until a person changes something | the person; an alarm |
/// | [DamagedVault] | what was kept is not what was written | `verify`, `vault repair`; an alarm |
///
/// A bug is none of these; it stays the exception that it is. An answer that is expected, such as a
/// lost race, is a value. State machines name these classes: they keep their names.
@NullMarked
package io.tsvault.core.failure;

import org.jspecify.annotations.NullMarked;
