import java.util.Arrays;
import java.util.List;
import org.jppf.client.JPPFClient;
import org.jppf.client.JPPFJob;
import org.jppf.node.protocol.AbstractTask;
import org.jppf.node.protocol.Task;

/** No-op tasks on JPPF. Arguments: tasks of one job, then jobs of one task, one after another. */
public final class JppfPeer {
  private static final int WARM_UP = 100;

  private JppfPeer() {}

  /** Does nothing. */
  public static final class Nothing extends AbstractTask<String> {
    private static final long serialVersionUID = 1;

    @Override
    public void run() {
      setResult("done");
    }
  }

  public static void main(String[] arguments) throws Exception {
    int tasks = Integer.parseInt(arguments[0]);
    int single = Integer.parseInt(arguments[1]);
    try (var client = new JPPFClient()) {
      run(client, WARM_UP);
      double seconds = run(client, tasks);
      double[] millis = new double[single];
      for (int i = 0; i < single; i++) {
        millis[i] = 1e3 * run(client, 1);
      }
      Arrays.sort(millis);
      System.out.printf(
          "jppf %s: %d tasks, %.0f tasks/s; one at a time p50 %.1f ms, p95 %.1f ms%n",
          System.getProperty("jppf.version"),
          tasks,
          tasks / seconds,
          millis[(single - 1) / 2],
          millis[(single * 95 + 99) / 100 - 1]);
    }
  }

  /** Seconds of one job. */
  private static double run(JPPFClient client, int tasks) throws Exception {
    var job = new JPPFJob();
    for (int i = 0; i < tasks; i++) {
      job.add(new Nothing());
    }
    long began = System.nanoTime();
    List<Task<?>> results = client.submit(job);
    double seconds = (System.nanoTime() - began) / 1e9;
    long done = results.stream().filter(task -> "done".equals(task.getResult())).count();
    if (done != tasks) {
      throw new IllegalStateException("expected " + tasks + " results, found " + done);
    }
    return seconds;
  }
}
