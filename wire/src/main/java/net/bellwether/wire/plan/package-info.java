/// Planning questions and answers as messages: the one mapping that the controller and an offline
/// `bellctl plan` share. Only modules that know `scheduler` themselves may use it.
@NullMarked
package net.bellwether.wire.plan;

import org.jspecify.annotations.NullMarked;
