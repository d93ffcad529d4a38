/// HTTP side of the controller: health.
@NullMarked
package net.bellwether.controller.http;

import org.jspecify.annotations.NullMarked;
