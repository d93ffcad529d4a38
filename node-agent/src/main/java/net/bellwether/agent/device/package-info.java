/// Quantum hardware as the rest of an agent sees it, and its drivers.
@NullMarked
package net.bellwether.agent.device;

import org.jspecify.annotations.NullMarked;
