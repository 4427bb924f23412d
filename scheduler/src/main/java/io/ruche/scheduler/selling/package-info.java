/** How much of its machines' time a pool may sell, and at what price: pure arithmetic. */
@NullMarked
package io.ruche.scheduler.selling;

import org.jspecify.annotations.NullMarked;
