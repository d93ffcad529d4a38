/// The key manager: from measured pairs to keys in consumers' hands.
@NullMarked
package net.bellwether.agent.key;

import org.jspecify.annotations.NullMarked;
