package io.ruche.scheduler.selling;

import io.ruche.core.TokenAmount;
import java.time.Instant;

/**
 * What a pool asks for a task of a category.
 *
 * @param since when it began to ask so much
 */
public record Asked(TokenAmount price, Why why, Instant since) {
  /** Why so much. */
  public enum Why {
    /** The settings say so. */
    FIXED,
    /** Power for the runs of the task, and the margin. */
    ENERGY_COST,
    /** As the cheapest other offer, or as much below it as the settings say. */
    FOLLOWS_BOOK,
    /** Nobody else offers the like: the highest price. */
    NO_RIVAL,
    /** Others ask less than this pool's least price. */
    AT_FLOOR,
    /** Others ask more than this pool's highest price. */
    AT_CEILING,
    /** On its way to another price, step by step. */
    STEPPING
  }
}
