/// The durable state of the controller in etcd, where several controllers share it, and the
/// election of the one that writes. The doors are [EtcdStateStore] and [EtcdBallot].
@NullMarked
package net.bellwether.controller.store.etcd;

import org.jspecify.annotations.NullMarked;
