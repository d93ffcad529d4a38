/// What is wanted: sessions, topologies and link tests, turned into flows and their generations.
@NullMarked
package net.bellwether.controller.intent;

import org.jspecify.annotations.NullMarked;
