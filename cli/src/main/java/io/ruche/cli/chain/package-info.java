/** {@code ruche chain}: the contracts on a chain of the owner's choice. */
@NullMarked
package io.ruche.cli.chain;

import org.jspecify.annotations.NullMarked;
