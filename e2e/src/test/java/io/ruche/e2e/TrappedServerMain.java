package io.ruche.e2e;

import io.ruche.server.ServerMain;
import java.io.IOException;

/** The server's process with a {@link Trap}. */
public final class TrappedServerMain {
  private TrappedServerMain() {}

  public static void main(String[] args) throws IOException {
    ServerMain.main(Trap.lay(args).toArray(String[]::new));
  }
}
