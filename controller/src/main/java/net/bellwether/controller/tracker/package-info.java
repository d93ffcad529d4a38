/// Fidelity tracker: what links really do, from telemetry.
@NullMarked
package net.bellwether.controller.tracker;

import org.jspecify.annotations.NullMarked;
