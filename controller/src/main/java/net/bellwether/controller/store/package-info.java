/// The durable state of the controller: ordered keys under one revision, in a store that defends
/// itself against crashes and damaged files. The door is
/// [net.bellwether.controller.store.SqliteStateStore].
@NullMarked
package net.bellwether.controller.store;

import org.jspecify.annotations.NullMarked;
