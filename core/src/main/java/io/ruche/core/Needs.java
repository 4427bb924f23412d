package io.ruche.core;

import java.util.ArrayList;
import java.util.List;

/**
 * What the tasks of a deal need of a machine beyond its type of app; asked in
 * {@code params.ruche.needs}.
 *
 * @param network whether the app wants to reach the network, which is off otherwise
 * @param gpu whether it cannot run without a GPU; the tag bit {@link Tag#GPU} says the same
 * @param machine how much of a machine it needs, and which
 */
public record Needs(boolean network, boolean gpu, MachineNeeds machine) {
  public static final Needs NONE = new Needs(false, false);

  /** Of any machine that has these abilities. */
  public Needs(boolean network, boolean gpu) {
    this(network, gpu, MachineNeeds.NONE);
  }

  /** What a deal asks for; nothing where its params cannot be read, for then nothing is run. */
  public static Needs of(Deal deal) {
    var asked = asked(deal);
    return new Needs(asked.network(), asked.gpu() || deal.tag().has(Tag.GPU), asked.machine());
  }

  private static Needs asked(Deal deal) {
    try {
      return DealParams.parse(deal.params()).needs();
    } catch (IllegalArgumentException e) {
      return NONE;
    }
  }

  /** By which pools and workers name a type of app with these needs, such as {@code NATIVE+GPU}. */
  public String runtime(String appType) {
    var name = new StringBuilder(appType);
    if (gpu) {
      name.append("+GPU");
    }
    if (network) {
      name.append("+NETWORK");
    }
    return name.toString();
  }

  /** The names of all that a machine with these abilities can run. */
  public List<String> runtimes(AppType type) {
    var names = new ArrayList<String>();
    for (boolean withGpu : gpu ? List.of(false, true) : List.of(false)) {
      for (boolean withNetwork : network ? List.of(false, true) : List.of(false)) {
        names.add(new Needs(withNetwork, withGpu).runtime(type.name()));
      }
    }
    return names;
  }
}
