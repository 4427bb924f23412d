package io.ruche.sandbox.rewrite;

import com.dylibso.chicory.wasm.types.OpCode;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a plain instruction takes from the operand stack and leaves on it. Read off the names: the
 * first part is the type that an instruction works on, a type inside the name is where it converts
 * from.
 *
 * @param pops how many values it takes
 * @param pushes the types of those that it leaves
 */
record Effect(int pops, List<Byte> pushes) {
  private static final Set<String> UNARY = Set.of(
      "CLZ",
      "CTZ",
      "POPCNT",
      "ABS",
      "NEG",
      "CEIL",
      "FLOOR",
      "TRUNC",
      "NEAREST",
      "SQRT",
      "EXTEND_8_S",
      "EXTEND_16_S",
      "EXTEND_32_S");
  private static final Set<String> BINARY = Set.of(
      "ADD",
      "SUB",
      "MUL",
      "DIV",
      "DIV_S",
      "DIV_U",
      "REM_S",
      "REM_U",
      "AND",
      "OR",
      "XOR",
      "SHL",
      "SHR_S",
      "SHR_U",
      "ROTL",
      "ROTR",
      "MIN",
      "MAX",
      "COPYSIGN");
  private static final Set<String> COMPARISONS = Set.of(
      "EQ", "NE", "LT", "LT_S", "LT_U", "GT", "GT_S", "GT_U", "LE", "LE_S", "LE_U", "GE", "GE_S",
      "GE_U");
  private static final Set<String> CONVERSIONS =
      Set.of("WRAP", "EXTEND", "TRUNC", "TRUNC_SAT", "CONVERT", "DEMOTE", "PROMOTE", "REINTERPRET");
  private static final Pattern NUMERIC = Pattern.compile("([IF](?:32|64))_(.+)");
  private static final Pattern CONVERTING = Pattern.compile("([A-Z_]+)_([IF](?:32|64))(?:_[SU])?");
  private static final List<Byte> NONE = List.of();
  private static final Map<OpCode, Effect> BY_CODE = table();

  /** Floats whose NaN an engine may choose freely. */
  private static final Pattern CHOOSES_NAN = Pattern.compile(
      "F(32|64)_(ADD|SUB|MUL|DIV|SQRT|MIN|MAX|CEIL|FLOOR|TRUNC|NEAREST|PROMOTE_F32|DEMOTE_F64)");

  /** What makes the bits of a float visible. */
  private static final Pattern SHOWS_BITS =
      Pattern.compile("F(32|64)_(ABS|NEG|COPYSIGN|STORE)|I(32|64)_REINTERPRET_F(32|64)");

  /** Numbers in, numbers out. */
  private static final Set<OpCode> COMPUTES = computing();

  static Effect of(OpCode code) throws UnsupportedModule {
    var found = BY_CODE.get(code);
    if (found == null) {
      throw unsupported(code);
    }
    return found;
  }

  static boolean choosesNan(OpCode code) {
    return CHOOSES_NAN.matcher(code.name()).matches();
  }

  static boolean showsBits(OpCode code) {
    return SHOWS_BITS.matcher(code.name()).matches();
  }

  /** Whether it neither touches memory nor leaves the straight code, but by a trap. */
  static boolean leavesMemoryAlone(OpCode code) {
    return switch (code) {
      case NOP, DROP, SELECT, SELECT_T, LOCAL_GET, LOCAL_SET, LOCAL_TEE -> true;
      default -> COMPUTES.contains(code);
    };
  }

  private static UnsupportedModule unsupported(OpCode code) {
    int family = code.opcode() >> 8;
    var feature = switch (family) {
      case 0xfb -> "garbage-collected types";
      case 0xfd -> "vector instructions (SIMD)";
      case 0xfe -> "atomic instructions (threads)";
      default -> "the instruction";
    };
    return new UnsupportedModule("%s not supported: %s".formatted(feature, code));
  }

  private static Map<OpCode, Effect> table() {
    var effects = new EnumMap<OpCode, Effect>(OpCode.class);
    for (var code : OpCode.values()) {
      var effect = numeric(code.name());
      if (effect != null && code.opcode() < 0xfd00) {
        effects.put(code, effect);
      }
    }
    for (var code : new OpCode[] {
      OpCode.MEMORY_INIT,
      OpCode.MEMORY_COPY,
      OpCode.MEMORY_FILL,
      OpCode.TABLE_INIT,
      OpCode.TABLE_COPY
    }) {
      effects.put(code, new Effect(3, NONE));
    }
    effects.put(OpCode.MEMORY_SIZE, new Effect(0, List.of(ValueTypes.I32)));
    effects.put(OpCode.TABLE_SIZE, new Effect(0, List.of(ValueTypes.I32)));
    effects.put(OpCode.DATA_DROP, new Effect(0, NONE));
    effects.put(OpCode.ELEM_DROP, new Effect(0, NONE));
    effects.put(OpCode.REF_FUNC, new Effect(0, List.of(ValueTypes.FUNCTION)));
    return effects;
  }

  private static Set<OpCode> computing() {
    var found = EnumSet.noneOf(OpCode.class);
    for (var code : BY_CODE.keySet()) {
      var parts = NUMERIC.matcher(code.name());
      boolean isMemory = code.name().contains("_LOAD") || code.name().contains("_STORE");
      if (parts.matches() && !isMemory) {
        found.add(code);
      }
    }
    return found;
  }

  private static @Nullable Effect numeric(String name) {
    var parts = NUMERIC.matcher(name);
    if (!parts.matches()) {
      return null;
    }
    var type = List.of(type(parts.group(1)));
    var i32 = List.of(ValueTypes.I32);
    var verb = parts.group(2);
    if (UNARY.contains(verb)) {
      return new Effect(1, type);
    } else if (BINARY.contains(verb)) {
      return new Effect(2, type);
    } else if (COMPARISONS.contains(verb)) {
      return new Effect(2, i32);
    } else if (verb.equals("EQZ")) {
      return new Effect(1, i32);
    } else if (verb.equals("CONST")) {
      return new Effect(0, type);
    } else if (verb.startsWith("LOAD")) {
      return new Effect(1, type);
    } else if (verb.startsWith("STORE")) {
      return new Effect(2, NONE);
    }
    var converting = CONVERTING.matcher(verb);
    return converting.matches() && CONVERSIONS.contains(converting.group(1))
        ? new Effect(1, type)
        : null;
  }

  private static byte type(String name) {
    return switch (name) {
      case "I32" -> ValueTypes.I32;
      case "I64" -> ValueTypes.I64;
      case "F32" -> ValueTypes.F32;
      case "F64" -> ValueTypes.F64;
      default -> throw new IllegalStateException("expected a number type, found " + name);
    };
  }
}
