package io.ruche.agent.task;

import io.ruche.core.Sha256;
import io.ruche.core.TaskId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The variables and file names that an app is promised (poco interface, section 8). */
final class TaskEnvironment {
  private TaskEnvironment() {}

  static SortedMap<String, String> of(DealCase.Feasible deal, TaskId task, long index) {
    var facts = deal.facts();
    var variables = new TreeMap<String, String>();
    variables.put("IEXEC_TASK_ID", task.hex());
    variables.put("IEXEC_DEAL_ID", facts.deal().id().hex());
    variables.put("IEXEC_TASK_INDEX", Long.toString(index));
    variables.put("IEXEC_IN", "/iexec_in");
    variables.put("IEXEC_OUT", "/iexec_out");
    variables.put("IEXEC_BOT_SIZE", Long.toString(facts.deal().botSize()));
    variables.put("IEXEC_BOT_FIRST_INDEX", Long.toString(facts.deal().botFirst()));
    variables.put("IEXEC_BOT_TASK_INDEX", Long.toString(index));
    if (facts.dataset() != null) {
      variables.put("IEXEC_DATASET_ADDRESS", facts.dataset().address().hex());
      variables.put("IEXEC_DATASET_FILENAME", facts.dataset().address().hex());
    }
    addInputs(deal.params().inputFiles(), variables);
    return variables;
  }

  private static void addInputs(List<String> urls, SortedMap<String, String> variables) {
    variables.put("IEXEC_INPUT_FILES_FOLDER", "/iexec_in");
    variables.put("IEXEC_INPUT_FILES_NUMBER", Integer.toString(urls.size()));
    for (int i = 0; i < urls.size(); i++) {
      variables.put("IEXEC_INPUT_FILE_NAME_" + (i + 1), inputFileName(urls.get(i)));
    }
  }

  /** The name under which the input file from this URL is found: the sha256 of the URL's text. */
  static String inputFileName(String url) {
    try {
      var sha256 = MessageDigest.getInstance("SHA-256");
      return Sha256.of(sha256.digest(url.getBytes(StandardCharsets.UTF_8))).hex();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
