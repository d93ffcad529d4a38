/// Identifiers.
@NullMarked
package net.bellwether.topology.id;

import org.jspecify.annotations.NullMarked;
