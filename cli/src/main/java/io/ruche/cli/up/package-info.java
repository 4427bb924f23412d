/**
 * {@code ruche up}, {@code down} and {@code status}: a whole local network, one process per part,
 * that outlives the command. {@link io.ruche.cli.up.LocalNetwork} is what tests and demonstrations
 * call.
 */
@NullMarked
package io.ruche.cli.up;

import org.jspecify.annotations.NullMarked;
