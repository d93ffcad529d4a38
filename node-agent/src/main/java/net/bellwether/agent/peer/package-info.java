/// Agents among themselves about single pairs.
@NullMarked
package net.bellwether.agent.peer;

import org.jspecify.annotations.NullMarked;
