/**
 * The order board: takes signed orders, checks them against the chain, lists what is left. An order
 * authenticates itself by its signature. Knows nothing of workers or tasks.
 */
@org.jspecify.annotations.NullMarked
package io.ruche.server.market;
