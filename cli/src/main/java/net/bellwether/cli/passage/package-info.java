/// The network between programs of one machine, as far as it can be made to fail: passages carry
/// bytes, and know nothing of what they carry.
@NullMarked
package net.bellwether.cli.passage;

import org.jspecify.annotations.NullMarked;
