package net.bellwether.cli;

import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.BlockingClientCall;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import net.bellwether.v1.ExportStateResponse;
import net.bellwether.v1.ImportStateRequest;
import net.bellwether.v1.ImportStateResponse;
import net.bellwether.v1.StatePart;

/// A file with the state of controllers: the parts of an export, each behind its length.
final class StateFile {
  /// What was written.
  record Summary(long entries, long revision) {}

  private StateFile() {}

  /// Writes all of `parts` to `file`, which must not exist; what is not whole is removed again.
  static Summary write(Path file, Iterator<ExportStateResponse> parts) {
    long revision = 0;
    long entries = -1;
    try {
      try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
        while (parts.hasNext()) {
          StatePart part = parts.next().getPart();
          part.writeDelimitedTo(out);
          if (part.hasBeginning()) {
            revision = part.getBeginning().getRevision();
          } else if (part.hasEnd()) {
            entries = part.getEnd().getEntryCount();
          }
        }
      } catch (StatusRuntimeException e) {
        Files.delete(file);
        throw e;
      }
      if (entries < 0) {
        Files.delete(file);
        throw new CommandFailure(Exit.FAILED, "the controller did not send the end of its state");
      }
      return new Summary(entries, revision);
    } catch (FileAlreadyExistsException _) {
      throw new CommandFailure(Exit.USAGE, file + " must not exist yet");
    } catch (IOException e) {
      throw new CommandFailure(Exit.USAGE, file + " cannot be written: " + e.getMessage());
    }
  }

  /// Sends all parts of `file`; the answer comes once they are in force.
  static ImportStateResponse send(
      Path file, BlockingClientCall<ImportStateRequest, ImportStateResponse> call) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      boolean taken = true;
      StatePart part = StatePart.parseDelimitedFrom(in);
      while (part != null && taken) {
        // False where the controller has refused; its answer says why.
        taken = call.write(ImportStateRequest.newBuilder().setPart(part).build());
        part = StatePart.parseDelimitedFrom(in);
      }
      call.halfClose();
      ImportStateResponse response = call.read();
      if (response == null) {
        throw Status.INTERNAL.withDescription("the controller did not answer").asRuntimeException();
      }
      return response;
    } catch (IOException e) {
      call.cancel("the file cannot be read", e);
      throw new CommandFailure(Exit.USAGE, file + " cannot be read: " + e.getMessage());
    } catch (StatusException e) {
      throw e.getStatus().asRuntimeException(e.getTrailers());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Status.CANCELLED.withDescription("interrupted").asRuntimeException();
    }
  }
}
