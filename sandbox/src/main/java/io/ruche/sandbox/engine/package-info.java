/**
 * What executes modules. {@link io.ruche.sandbox.engine.Engine} is the port; all engines get the
 * same rewritten module and the same host functions, so what a run computes, its fuel and its end
 * do not depend on which one it is. Knows nothing of requests, processes or the market.
 */
@NullMarked
package io.ruche.sandbox.engine;

import org.jspecify.annotations.NullMarked;
