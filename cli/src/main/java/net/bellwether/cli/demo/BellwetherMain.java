package net.bellwether.cli.demo;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `./bellwether`: what a checkout can do.
@Command(
    name = "bellwether",
    mixinStandardHelpOptions = true,
    subcommands = DemoCommand.class,
    description = "Bellwether, a control plane for entanglement networks.")
public final class BellwetherMain {
  private BellwetherMain() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new BellwetherMain()).execute(arguments));
  }
}
