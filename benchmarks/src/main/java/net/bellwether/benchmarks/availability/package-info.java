/// Several controllers over one etcd: how soon another decides, and what the store costs.
@NullMarked
package net.bellwether.benchmarks.availability;

import org.jspecify.annotations.NullMarked;
