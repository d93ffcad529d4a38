/// Streams to other programs that are kept open: reconnection, backoff, bounded outboxes.
@NullMarked
package net.bellwether.agent.stream;

import org.jspecify.annotations.NullMarked;
