/** {@code ruche category}: the classes of run times on the hub. */
@NullMarked
package io.ruche.cli.category;

import org.jspecify.annotations.NullMarked;
