/**
 * The sandbox of WASM modules: a pool of warm child processes, each in bubblewrap where that works,
 * and the conversation with them. What runs inside them is {@link io.ruche.sandbox.runner}.
 */
@NullMarked
package io.ruche.sandbox.wasm;

import org.jspecify.annotations.NullMarked;
