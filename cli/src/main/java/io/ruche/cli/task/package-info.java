/** {@code ruche task}: one task on chain, and what the pool says of it. */
@NullMarked
package io.ruche.cli.task;

import org.jspecify.annotations.NullMarked;
