/// Services of the controller.
@NullMarked
package net.bellwether.controller.grpc;

import org.jspecify.annotations.NullMarked;
