package io.ruche.sandbox;

/**
 * What of the machine a run may reach beyond processor, memory and its own folders: what its deal
 * asked for and the machine's owner allows.
 *
 * @param network the machine's own network; never for WASM
 * @param gpu the machine's GPUs; never for WASM
 */
public record Access(boolean network, boolean gpu) {
  public static final Access NONE = new Access(false, false);
}
