package net.bellwether.cli.demo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// A program that sends back what it is told, at HOST:PORT, for as long as it runs.
final class EchoProcess {
  private EchoProcess() {}

  public static void main(String[] arguments) throws IOException {
    try (ServerSocket server = new ServerSocket()) {
      server.bind(new InetSocketAddress(arguments[0], 0));
      System.out.println("echo listening on " + arguments[0] + ":" + server.getLocalPort());
      while (true) {
        Socket caller = server.accept();
        Thread.ofVirtual().start(() -> answer(caller));
      }
    }
  }

  private static void answer(Socket caller) {
    try (caller) {
      caller.getInputStream().transferTo(caller.getOutputStream());
    } catch (IOException _) {
      // The caller is gone.
    }
  }
}
