/**
 * {@code ruche simulate}: plays the ways to certify results in the laboratory of {@code certify},
 * on this machine alone. It needs no chain, no pool and no home.
 */
@NullMarked
package io.ruche.cli.simulate;

import org.jspecify.annotations.NullMarked;
