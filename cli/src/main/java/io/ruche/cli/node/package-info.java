/**
 * {@code ruche pool start} and {@code ruche worker start}: one part of a network in the foreground.
 */
@NullMarked
package io.ruche.cli.node;

import org.jspecify.annotations.NullMarked;
