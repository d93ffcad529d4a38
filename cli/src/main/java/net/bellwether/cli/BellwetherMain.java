package net.bellwether.cli;

import net.bellwether.cli.chaos.ChaosCommand;
import net.bellwether.cli.demo.DemoCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `./bellwether`: what a checkout can do.
@Command(
    name = "bellwether",
    mixinStandardHelpOptions = true,
    subcommands = {DemoCommand.class, ChaosCommand.class},
    description = "Bellwether, a control plane for entanglement networks.")
public final class BellwetherMain {
  private BellwetherMain() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new BellwetherMain()).execute(arguments));
  }
}
