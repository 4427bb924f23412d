package io.ruche.liar;

import io.ruche.agent.AgentMain;
import io.ruche.agent.task.ResultDigester;
import io.ruche.core.Digest;
import java.util.List;

/** The worker's process, except that it really runs each task and then votes for another digest. */
public final class LiarMain {
  private LiarMain() {}

  public static void main(String[] args) {
    int status = AgentMain.run(List.of(args), System.getenv(), System.err, lying());
    System.exit(status);
  }

  private static ResultDigester lying() {
    var honest = ResultDigester.standard();
    return (output, limits, callback) -> altered(honest.digest(output, limits, callback));
  }

  private static Digest altered(Digest digest) {
    byte[] bytes = digest.bytes();
    bytes[0] ^= 1;
    return Digest.of(bytes);
  }
}
