/// The message definitions themselves, under the rules of `buf.yaml`.
@NullMarked
package net.bellwether.proto;

import org.jspecify.annotations.NullMarked;
