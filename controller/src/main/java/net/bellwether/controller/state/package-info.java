/// What the controller knows: the durable state (topology, sessions, flows) and what agents last
/// said.
@NullMarked
package net.bellwether.controller.state;

import org.jspecify.annotations.NullMarked;
