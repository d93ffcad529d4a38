@NullMarked
package net.bellwether.emulator;

import org.jspecify.annotations.NullMarked;
