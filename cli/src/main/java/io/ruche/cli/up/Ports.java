package io.ruche.cli.up;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ruche.cli.output.Reason;
import io.ruche.cli.settings.Home;
import io.ruche.core.RucheException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Loopback ports of a home's processes. A port once used is kept, because published locations name
 * it, unless another program took it meanwhile.
 */
final class Ports {
  private static final JsonMapper JSON = new JsonMapper();

  private final Path file;

  Ports(Home home) {
    this.file = home.folder().resolve("ports.json");
  }

  /** The port of a part, free at this moment. */
  int choose(String part) {
    try {
      var ports = read();
      int known = ports.path(part).asInt(0);
      if (known != 0 && isFree(known)) {
        return known;
      }
      int port = free();
      Files.writeString(file, ports.put(part, port).toPrettyString());
      return port;
    } catch (JacksonException e) {
      throw new RucheException(
          "STATE_CORRUPT",
          "cannot read the ports of earlier starts in %s: %s".formatted(file, Reason.of(e)),
          "Remove that file; new ports are chosen then.",
          false,
          e);
    } catch (IOException e) {
      throw new RucheException(
          "NO_FREE_PORT",
          "cannot find a free loopback port for the %s: %s".formatted(part, e),
          "Check the home folder and the limits of this machine.",
          true,
          e);
    }
  }

  private ObjectNode read() throws IOException {
    return Files.exists(file) && JSON.readTree(Files.readString(file)) instanceof ObjectNode object
        ? object
        : JSON.createObjectNode();
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static int free() throws IOException {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      return socket.getLocalPort();
    }
  }
}
