package io.ruche.cli.app;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ruche.cli.output.Fields;
import io.ruche.cli.output.Section;
import io.ruche.core.Hex;
import io.ruche.manifest.AbiText;
import io.ruche.manifest.AbiValue;
import io.ruche.manifest.Manifest;
import io.ruche.manifest.ManifestFunction;
import java.util.ArrayList;
import java.util.List;

/** The help that a manifest gives. */
public final class ManifestText {
  private ManifestText() {}

  /** The app, then each of its functions. */
  public static List<Section> sections(Manifest manifest) {
    var sections = new ArrayList<Section>();
    var fields = new ArrayList<Fields.Field>();
    fields.add(Fields.field("app", manifest.name() + " " + manifest.version()));
    fields.add(Fields.field("description", manifest.description()));
    var limits = manifest.limits();
    if (limits != null) {
      fields.add(Fields.field(
          "limits", "%d s, %d MiB".formatted(limits.runSeconds(), limits.memoryMiB())));
    }
    fields.add(Fields.field("manifest", manifest.hash()));
    sections.add(new Fields(fields));
    manifest.functions().forEach(function -> sections.add(section(function)));
    return sections;
  }

  private static Section section(ManifestFunction function) {
    var fields = new ArrayList<Fields.Field>();
    fields.add(Fields.field("function", function.declaration()));
    fields.add(Fields.field("", function.description()));
    fields.add(Fields.field("selector", Hex.encode(function.abi().selector())));
    for (var argument : function.arguments()) {
      fields.add(field("  ", argument));
    }
    for (var value : function.result()) {
      fields.add(field("→ ", value));
    }
    for (var example : function.examples()) {
      fields.add(Fields.field(
          "example",
          "%s → %s".formatted(AbiText.of(example.arguments()), AbiText.of(example.result()))));
    }
    return new Fields(fields);
  }

  private static Fields.Field field(String mark, ManifestFunction.Parameter parameter) {
    return Fields.field(
        mark + parameter.name(),
        parameter.description().isEmpty()
            ? parameter.type().name()
            : parameter.type().name() + ": " + parameter.description());
  }

  /** The manifest with what follows from it: selectors, and the fields of a form. */
  public static ObjectNode json(Manifest manifest) {
    var json = JsonNodeFactory.instance
        .objectNode()
        .put("name", manifest.name())
        .put("version", manifest.version())
        .put("description", manifest.description())
        .put("manifestHash", manifest.hash().hex());
    var limits = manifest.limits();
    if (limits != null) {
      json.putObject("limits")
          .put("runSeconds", limits.runSeconds())
          .put("memoryMiB", limits.memoryMiB());
    }
    var functions = json.putArray("functions");
    for (var function : manifest.functions()) {
      var item = functions.addObject();
      item.put("name", function.name())
          .put("description", function.description())
          .put("selector", Hex.encode(function.abi().selector()));
      parameters(item.putArray("arguments"), function.arguments());
      parameters(item.putArray("result"), function.result());
      var examples = item.putArray("examples");
      for (var example : function.examples()) {
        var each = examples.addObject();
        values(each.putArray("arguments"), example.arguments());
        values(each.putArray("result"), example.result());
      }
    }
    return json;
  }

  private static void parameters(ArrayNode array, List<ManifestFunction.Parameter> parameters) {
    for (var parameter : parameters) {
      array
          .addObject()
          .put("name", parameter.name())
          .put("type", parameter.type().name())
          .put("description", parameter.description());
    }
  }

  private static void values(ArrayNode array, List<AbiValue> values) {
    values.forEach(value -> array.add(AbiText.toJson(value)));
  }
}
