/// The one writer: takes inputs in order, persists what changes, then tells agents and callers.
@NullMarked
package net.bellwether.controller.engine;

import org.jspecify.annotations.NullMarked;
