package io.ruche.cli.app;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ruche.cli.output.Cell;
import io.ruche.cli.output.Table;
import io.ruche.core.Hex;
import io.ruche.manifest.AbiText;
import io.ruche.manifest.AbiValue;
import java.util.ArrayList;
import java.util.List;

/** The values that an app answered, under their names. */
public final class AnswerText {
  private AnswerText() {}

  /** Names and values. */
  public static ObjectNode json(FunctionCall call, byte[] answer) {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("function", call.function().name());
    json.put("answer", Hex.encode(answer));
    var result = json.putObject("result");
    var values = call.decode(answer);
    for (int i = 0; i < values.size(); i++) {
      result.set(call.function().result().get(i).name(), AbiText.toJson(values.get(i)));
    }
    return json;
  }

  /** One row a value, with what it means. */
  public static Table table(FunctionCall call, List<AbiValue> values) {
    var rows = new ArrayList<List<Cell>>();
    for (int i = 0; i < values.size(); i++) {
      var parameter = call.function().result().get(i);
      rows.add(List.of(
          Cell.of(parameter.name()),
          Cell.of(AbiText.of(values.get(i))),
          Cell.of(parameter.type().name()),
          Cell.of(parameter.description())));
    }
    return new Table(List.of("RESULT", "VALUE", "TYPE", "MEANING"), rows);
  }
}
