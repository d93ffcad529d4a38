/// Tenants and operators, who ask again until they know.
@NullMarked
package net.bellwether.simulation.fault.client;

import org.jspecify.annotations.NullMarked;
