/**
 * Runs a stranger's app safely. {@link io.ruche.sandbox.Sandbox} is the port;
 * {@link io.ruche.sandbox.wasm.RunnerPool} implements it for WASM modules with a pool of child
 * processes that hold no key and no socket. This package must not know the chain, the market or
 * where data comes from.
 */
@NullMarked
package io.ruche.sandbox;

import org.jspecify.annotations.NullMarked;
