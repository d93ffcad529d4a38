/// The emulator as a program: nature behind gRPC, in real time.
@NullMarked
package net.bellwether.emulator;

import org.jspecify.annotations.NullMarked;
