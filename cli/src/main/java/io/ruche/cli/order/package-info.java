/** {@code ruche order}: single orders, from the signature to the cancellation. */
@NullMarked
package io.ruche.cli.order;

import org.jspecify.annotations.NullMarked;
