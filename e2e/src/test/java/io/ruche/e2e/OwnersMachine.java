package io.ruche.e2e;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What a worker reads of its owner's machine: a battery as Linux lists it, a solar inverter's meter
 * over HTTP, and a real X server that nobody sees. Sessions of who runs the test do not count.
 */
final class OwnersMachine implements AutoCloseable {
  /** Programs without which there is no such machine. */
  static final List<String> TOOLS = List.of("Xvfb", "xprintidle", "xdotool");

  private static final long PATIENCE_SECONDS = 20;

  private final Path folder;
  private final HttpServer meter;
  private final Process screen;
  private final String display;
  private volatile int watts;

  OwnersMachine(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    plugOff(100);
    noSessions();
    meter = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    meter.createContext("/power", exchange -> {
      try (exchange) {
        byte[] text = (watts + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, text.length);
        exchange.getResponseBody().write(text);
      }
    });
    meter.start();
    // It takes a free number by itself, and -noreset keeps its idle time when a client leaves.
    screen = new ProcessBuilder(
            "Xvfb", "-displayfd", "1", "-screen", "0", "64x64x8", "-nolisten", "tcp", "-noreset")
        .redirectError(folder.resolve("Xvfb.log").toFile())
        .start();
    display = ":" + firstLine(screen);
  }

  private static String firstLine(Process process) throws IOException {
    // Closing its output would end it.
    BufferedReader reader = process.inputReader();
    var line = reader.readLine();
    if (line == null) {
      throw new IOException("the X server did not start; see Xvfb.log");
    }
    return line.strip();
  }

  /** A machine whose login manager and list of users cannot be asked. */
  private void noSessions() throws IOException {
    var tools = Files.createDirectories(folder.resolve("tools"));
    for (var name : List.of("loginctl", "who")) {
      var tool = Files.writeString(tools.resolve(name), "#!/bin/sh\nexit 1\n");
      Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  /** Variables of a process that works on this machine. */
  Map<String, String> environment() {
    var path = folder.resolve("tools") + ":" + System.getenv("PATH");
    return Map.of("DISPLAY", display, "PATH", path);
  }

  Path powerSupplies() {
    return folder.resolve("power");
  }

  String surplusMeter() {
    return "http://127.0.0.1:%d/power".formatted(meter.getAddress().getPort());
  }

  /** The battery runs down to so much. */
  void plugOff(int percent) {
    write("BAT0/type", "Battery");
    write("BAT0/status", "Discharging");
    write("BAT0/capacity", Integer.toString(percent));
  }

  void shine(int surplusWatts) {
    watts = surplusWatts;
  }

  /** Somebody presses a key. */
  void type() {
    var builder = new ProcessBuilder("xdotool", "key", "a").inheritIO();
    builder.environment().put("DISPLAY", display);
    try {
      var process = builder.start();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException("xdotool could not press a key");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void write(String name, String text) {
    try {
      var file = powerSupplies().resolve(name);
      Files.createDirectories(file.getParent());
      var part = Files.writeString(folder.resolve("part"), text + "\n");
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    meter.stop(0);
    screen.destroy();
  }
}
