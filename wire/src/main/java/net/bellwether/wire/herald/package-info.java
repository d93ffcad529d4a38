/// The record in which quantum hardware tells of its pairs: `docs/herald-record.md`.
@NullMarked
package net.bellwether.wire.herald;

import org.jspecify.annotations.NullMarked;
