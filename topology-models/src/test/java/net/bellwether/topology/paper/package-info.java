/// Statements of papers, a class per paper and a test per statement; keys are those of
/// docs/references.md.
@NullMarked
package net.bellwether.topology.paper;

import org.jspecify.annotations.NullMarked;
