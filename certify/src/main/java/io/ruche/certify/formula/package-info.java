/**
 * Closed forms of the error and the cost of each way to certify results, each with its source. In
 * all of them a <em>liar</em> is a worker that returns wrong results, and in the worst case all
 * liars return the same wrong result. Nothing here simulates: the tests do, and compare.
 */
@NullMarked
package io.ruche.certify.formula;

import org.jspecify.annotations.NullMarked;
