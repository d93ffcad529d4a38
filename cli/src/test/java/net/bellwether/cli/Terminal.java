package net.bellwether.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/// What a command printed and how it ended.
record Terminal(int code, String out, String err) {
  static Terminal run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Bellctl.run(new PrintWriter(out), new PrintWriter(err), arguments);
    return new Terminal(code, out.toString(), err.toString());
  }
}
