/// Strict reading of YAML documents: a tree whose values know their lines, and a reader of fields
/// that reports every mistake at its line. The door is
/// [net.bellwether.topology.document.FieldReader].
@NullMarked
package net.bellwether.topology.document;

import org.jspecify.annotations.NullMarked;
