/// Key managers: the product's ledger and delivery over a disk and a network that fail, stock from
/// a model of distillation, and consumers at both ends.
@NullMarked
package net.bellwether.simulation.fault.key;

import org.jspecify.annotations.NullMarked;
