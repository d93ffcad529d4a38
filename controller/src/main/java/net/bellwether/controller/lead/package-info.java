/// Who of several controllers decides.
@NullMarked
package net.bellwether.controller.lead;

import org.jspecify.annotations.NullMarked;
