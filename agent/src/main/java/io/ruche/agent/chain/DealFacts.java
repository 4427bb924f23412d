package io.ruche.agent.chain;

import io.ruche.core.App;
import io.ruche.core.Category;
import io.ruche.core.Dataset;
import io.ruche.core.Deal;
import org.jspecify.annotations.Nullable;

/**
 * A deal with what it names, as the chain has it.
 *
 * @param dataset null when the deal has none
 */
public record DealFacts(Deal deal, App app, @Nullable Dataset dataset, Category category) {}
