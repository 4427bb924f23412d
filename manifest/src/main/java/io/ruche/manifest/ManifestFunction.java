package io.ruche.manifest;

import java.util.ArrayList;
import java.util.List;

/** A function that an app offers, with what people need to know to call it. */
public record ManifestFunction(
    String name,
    String description,
    List<Parameter> arguments,
    List<Parameter> result,
    List<Example> examples) {

  /** An argument, or one value of the result. */
  public record Parameter(String name, AbiType type, String description) {}

  /** A call and the answer to it. */
  public record Example(List<AbiValue> arguments, List<AbiValue> result) {
    public Example {
      arguments = List.copyOf(arguments);
      result = List.copyOf(result);
    }
  }

  public ManifestFunction {
    arguments = List.copyOf(arguments);
    result = List.copyOf(result);
    examples = List.copyOf(examples);
  }

  public AbiFunction abi() {
    return new AbiFunction(name, types(arguments), types(result));
  }

  /** What a form asks for, one field an argument. */
  public List<FormField> formFields() {
    var fields = new ArrayList<FormField>();
    for (int i = 0; i < arguments.size(); i++) {
      int index = i;
      var example = examples.stream()
          .findFirst()
          .map(first -> AbiText.of(first.arguments().get(index)))
          .orElse("");
      fields.add(FormField.of(arguments.get(i), example));
    }
    return List.copyOf(fields);
  }

  /**
   * Arguments as people write them, on a command line or in a form.
   *
   * @throws IllegalArgumentException that names the first argument that is wrong
   */
  public List<AbiValue> parseArguments(List<String> texts) {
    if (texts.size() != arguments.size()) {
      throw new IllegalArgumentException("%s takes %s (%s), found %d"
          .formatted(name, Texts.count(arguments.size(), "argument"), usage(), texts.size()));
    }
    var values = new ArrayList<AbiValue>();
    for (int i = 0; i < texts.size(); i++) {
      var argument = arguments.get(i);
      try {
        values.add(AbiText.parse(argument.type(), texts.get(i)));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "argument %d, %s: %s".formatted(i + 1, argument.name(), e.getMessage()), e);
      }
    }
    return values;
  }

  /** Types and names of the arguments, as Solidity writes them. */
  public String usage() {
    return arguments.isEmpty() ? "none" : declared(arguments);
  }

  /** The whole function, as Solidity would declare it. */
  public String declaration() {
    return "%s(%s) → %s".formatted(name, declared(arguments), declared(result));
  }

  private static String declared(List<Parameter> parameters) {
    return String.join(
        ", ",
        parameters.stream().map(each -> each.type().name() + " " + each.name()).toList());
  }

  private static List<AbiType> types(List<Parameter> parameters) {
    return parameters.stream().map(Parameter::type).toList();
  }
}
