/** {@code ruche app}, {@code dataset} and {@code workerpool}: what owners register and offer. */
@NullMarked
package io.ruche.cli.resource;

import org.jspecify.annotations.NullMarked;
