/// `./bellwether`: a whole network of Bellwether's programs on this machine, for a first look and
/// for end-to-end tests.
@NullMarked
package net.bellwether.cli.demo;

import org.jspecify.annotations.NullMarked;
