package io.ruche.cli.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ruche.cli.app.AnswerText;
import io.ruche.cli.app.FunctionCall;
import io.ruche.cli.deal.Delivery;
import io.ruche.cli.output.Section;
import io.ruche.core.ComputedFile;
import io.ruche.core.RucheException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the tasks of a bag answered to a function, read from their verified results.
 *
 * @param byIndex answers of the tasks that gave one
 */
record Answers(FunctionCall call, SortedMap<Long, byte[]> byIndex) {
  static Answers of(FunctionCall call, List<Delivery.Item> items) {
    var answers = new TreeMap<Long, byte[]>();
    for (var item : items) {
      var verified = item.verified();
      if (verified != null && item.isSuccess()) {
        answers.put(item.entry().index(), read(verified.folder()));
      }
    }
    return new Answers(call, answers);
  }

  void addTo(ObjectNode json, List<Section> sections) {
    var array = json.putArray("answers");
    byIndex.forEach((index, answer) -> {
      array.add(AnswerText.json(call, answer).put("index", index));
      sections.add(AnswerText.table(call, call.decode(answer)));
    });
  }

  private static byte[] read(Path folder) {
    try {
      return ComputedFile.parse(Files.readAllBytes(folder.resolve(ComputedFile.FILE_NAME)))
          .callbackBytes();
    } catch (IOException | IllegalArgumentException e) {
      throw new RucheException(
          "ANSWER_INVALID",
          "the result in %s holds no answer: %s.".formatted(folder, e.getMessage()),
          "The app does not keep its manifest; tell its author.",
          false,
          e);
    }
  }
}
