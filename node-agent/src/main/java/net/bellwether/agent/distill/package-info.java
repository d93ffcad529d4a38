/// Key distillation: from measured pairs to equal, secret blocks at both ends, as pure state
/// machines that exchange frames (docs/key-distillation.md).
@NullMarked
package net.bellwether.agent.distill;

import org.jspecify.annotations.NullMarked;
