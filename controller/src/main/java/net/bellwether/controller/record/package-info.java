/// How durable state is written down in the store.
@NullMarked
package net.bellwether.controller.record;

import org.jspecify.annotations.NullMarked;
