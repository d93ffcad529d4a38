/// The controller program.
@NullMarked
package net.bellwether.controller;

import org.jspecify.annotations.NullMarked;
