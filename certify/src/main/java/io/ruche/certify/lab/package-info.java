/**
 * A laboratory: a population with liars works off a stream of tasks under one method of
 * certification, in simulated time. Everything follows from the seed; nothing reads a clock.
 */
@NullMarked
package io.ruche.certify.lab;

import org.jspecify.annotations.NullMarked;
