/// `bellctl`: the command line of operators and tenants.
@NullMarked
package net.bellwether.cli;

import org.jspecify.annotations.NullMarked;
