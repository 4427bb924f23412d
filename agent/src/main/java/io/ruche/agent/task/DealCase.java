package io.ruche.agent.task;

import io.ruche.agent.chain.DealFacts;
import io.ruche.core.AppType;
import io.ruche.core.DealParams;
import io.ruche.core.Failure;
import io.ruche.core.FailureCode;
import io.ruche.core.Needs;
import io.ruche.core.RunLimits;
import io.ruche.core.Tag;
import java.util.List;

/** What a deal asks a worker to do, or why no worker like this one can do it. */
public sealed interface DealCase {
  DealFacts facts();

  record Feasible(DealFacts facts, AppType type, DealParams params, List<String> args)
      implements DealCase {
    public Feasible {
      args = List.copyOf(args);
    }

    /** What its tasks need of a machine. */
    public Needs needs() {
      return Needs.of(facts.deal());
    }

    /**
     * The limits of each of its runs: fuel, memory and the longest time are the deal's own, so that
     * no pool makes one worker end where another goes on.
     */
    public RunLimits limits(RunLimits granted) {
      var own = RunLimits.of(facts.category(), facts.deal());
      boolean isShorter = granted.runTime().compareTo(own.runTime()) < 0;
      boolean hasOwnMemory = needs().machine().memoryMiB() > 0;
      return new RunLimits(
          isShorter ? granted.runTime() : own.runTime(),
          hasOwnMemory ? own.memoryMiB() : granted.memoryMiB(),
          granted.outputBytes(),
          granted.outputFiles(),
          fuel());
    }

    /**
     * The fuel of each of its runs: what the requester allows, never above what the category does.
     */
    public long fuel() {
      long most = RunLimits.of(facts.category()).fuel();
      return params.maxFuel() == 0 ? most : Math.min(most, params.maxFuel());
    }
  }

  record Hopeless(DealFacts facts, Failure failure, String detail) implements DealCase {}

  /** Judges a deal; every worker of this version comes to the same end. */
  static DealCase of(DealFacts facts) {
    try {
      var params = DealParams.parse(facts.deal().params());
      var args = ShellWords.split(params.args());
      var type = AppType.named(facts.app().type());
      if (type.isEmpty()) {
        return hopeless(
            facts,
            FailureCode.UNSUPPORTED,
            "expected an app of a type out of %s, found '%s'"
                .formatted(List.of(AppType.values()), facts.app().type()));
      }
      if (facts.deal().tag().has(Tag.TEE)) {
        return hopeless(facts, FailureCode.UNSUPPORTED, "the deal asks for an enclave");
      }
      return new Feasible(facts, type.get(), params, args);
    } catch (IllegalArgumentException e) {
      return hopeless(facts, FailureCode.INVALID_PARAMS, String.valueOf(e.getMessage()));
    }
  }

  private static Hopeless hopeless(DealFacts facts, FailureCode code, String detail) {
    return new Hopeless(facts, new Failure(code, 0), detail);
  }
}
