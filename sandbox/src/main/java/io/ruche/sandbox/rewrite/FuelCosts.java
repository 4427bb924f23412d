package io.ruche.sandbox.rewrite;

import com.dylibso.chicory.wasm.types.OpCode;

/**
 * What a run pays, in units of fuel. Every executed instruction costs 1; marks of structure are
 * free; what works on ranges also pays by length. The table is part of what workers agree on:
 * changing it changes which runs end in {@code FUEL}, so a change needs a new name.
 */
public final class FuelCosts {
  /** Name of this table, to be told beside figures that follow from it. */
  public static final String NAME = "ruche-fuel-1";

  static final int INSTRUCTION = 1;

  /** On top of the instruction, for a call of a host function. */
  static final int HOST_CALL = 100;

  /** Bytes that are filled, copied or initialised for one unit, as a shift. */
  static final int BYTES_PER_UNIT_SHIFT = 3;

  /** Table elements for one unit, as a shift. */
  static final int ELEMENTS_PER_UNIT_SHIFT = 0;

  /** For each page by which the memory grows: its bytes are zeroed, perhaps all are moved. */
  static final long GROWN_PAGE = 65_536 >> BYTES_PER_UNIT_SHIFT;

  private FuelCosts() {}

  /** The part that is known before the instruction runs. */
  static int of(OpCode code) {
    return switch (code) {
      case BLOCK, LOOP, ELSE, END, NOP -> 0;
      default -> INSTRUCTION;
    };
  }
}
