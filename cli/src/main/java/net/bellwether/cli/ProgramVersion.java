package net.bellwether.cli;

import net.bellwether.wire.BuildVersion;
import picocli.CommandLine.IVersionProvider;

/// What `--version` prints.
final class ProgramVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"bellctl " + BuildVersion.current()};
  }
}
