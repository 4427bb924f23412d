/**
 * {@code ruche bench}: measures a private network of the very programs that users run, and checks
 * what came out of it. {@link io.ruche.cli.bench.BagBenchmark} buys one bag of tasks that do
 * nothing, so that what is measured is the market and its certification alone;
 * {@link io.ruche.cli.bench.CallBenchmark} lets a contract call an app, and measures until it is
 * answered. {@link io.ruche.cli.bench.WasmBenchmark} compares the sandbox with compiled C.
 */
@NullMarked
package io.ruche.cli.bench;

import org.jspecify.annotations.NullMarked;
