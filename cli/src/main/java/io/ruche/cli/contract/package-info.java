/**
 * Contracts of the repository, deployed on a development chain and called by wallets of its roles:
 * what benchmarks and demonstrations need of a dapp's user, and what its calls of the grid took.
 * Knows single contracts by their interface, and nothing of how figures are shown.
 */
@NullMarked
package io.ruche.cli.contract;

import org.jspecify.annotations.NullMarked;
