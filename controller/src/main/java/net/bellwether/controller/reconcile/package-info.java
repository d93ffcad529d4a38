/// Reconciler: from wanted flows and reported flows to orders for agents.
@NullMarked
package net.bellwether.controller.reconcile;

import org.jspecify.annotations.NullMarked;
