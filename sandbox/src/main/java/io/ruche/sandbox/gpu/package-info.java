/**
 * What GPUs this machine has, asked of the vendors' own tools, and the devices to hand to a run.
 */
@NullMarked
package io.ruche.sandbox.gpu;

import org.jspecify.annotations.NullMarked;
