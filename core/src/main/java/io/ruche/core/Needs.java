package io.ruche.core;

/**
 * What the tasks of a deal need of a machine beyond its type of app; asked in
 * {@code params.ruche.needs}.
 *
 * @param network whether the app wants to reach the network, which is off otherwise
 * @param gpu whether it cannot run without a GPU; the tag bit {@link Tag#GPU} says the same
 */
public record Needs(boolean network, boolean gpu) {
  public static final Needs NONE = new Needs(false, false);
}
