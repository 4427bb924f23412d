/** {@code ruche deal}: show and follow deals, fetch and verify results, claim what is overdue. */
@NullMarked
package io.ruche.cli.deal;

import org.jspecify.annotations.NullMarked;
