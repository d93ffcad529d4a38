/// What all programs share at their edges: mutual TLS, identities, errors, mapping of vocabulary.
@NullMarked
package net.bellwether.wire;

import org.jspecify.annotations.NullMarked;
