/// Where nodes fetch the heralds of their attachment: records over TLS, or in datagrams.
@NullMarked
package net.bellwether.emulator.herald;

import org.jspecify.annotations.NullMarked;
