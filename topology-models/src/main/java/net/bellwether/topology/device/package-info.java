/// The devices that generated and imported networks are built of. The door is
/// [net.bellwether.topology.device.StandardDevices].
@NullMarked
package net.bellwether.topology.device;

import org.jspecify.annotations.NullMarked;
