@NullMarked
package net.bellwether.emulator.nature;

import org.jspecify.annotations.NullMarked;
