/**
 * What {@code ruche app} does with a module on this machine: its manifest, the stubs made from it,
 * and runs of it as a worker would run it, without chain and without price.
 */
@NullMarked
package io.ruche.cli.app;

import org.jspecify.annotations.NullMarked;
