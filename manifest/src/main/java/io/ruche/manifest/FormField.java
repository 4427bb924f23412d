package io.ruche.manifest;

/**
 * A field of a form that calls a function. What a person enters is read by
 * {@link ManifestFunction#parseArguments}; the pattern is only a help.
 *
 * @param label what the argument means, for people
 * @param pattern a regular expression that every right entry matches
 * @param example an entry that is right, or empty
 */
public record FormField(
    String name, String label, String type, Kind kind, String pattern, String example) {
  /** How the field is shown. */
  public enum Kind {
    CHECKBOX,
    NUMBER,
    HEX,
    TEXT,
    LIST
  }

  static FormField of(ManifestFunction.Parameter argument, String example) {
    return new FormField(
        argument.name(),
        argument.description().isEmpty() ? argument.name() : argument.description(),
        argument.type().name(),
        kind(argument.type()),
        pattern(argument.type()),
        example);
  }

  private static Kind kind(AbiType type) {
    return switch (type) {
      case AbiType.Bool _ -> Kind.CHECKBOX;
      case AbiType.Unsigned _, AbiType.Signed _ -> Kind.NUMBER;
      case AbiType.Account _, AbiType.FixedBytes _, AbiType.DynamicBytes _ -> Kind.HEX;
      case AbiType.Text _ -> Kind.TEXT;
      case AbiType.ListOf _ -> Kind.LIST;
    };
  }

  private static String pattern(AbiType type) {
    return switch (type) {
      case AbiType.Bool _ -> "true|false";
      case AbiType.Unsigned _ -> "[0-9]+|0x[0-9a-fA-F]+";
      case AbiType.Signed _ -> "-?[0-9]+|0x[0-9a-fA-F]+";
      case AbiType.Account _ -> "0x[0-9a-fA-F]{40}";
      case AbiType.FixedBytes(int size) -> "0x[0-9a-fA-F]{%d}".formatted(2 * size);
      case AbiType.DynamicBytes _ -> "0x([0-9a-fA-F]{2})*";
      case AbiType.Text _ -> ".*";
      case AbiType.ListOf _ -> "\\[.*\\]";
    };
  }
}
