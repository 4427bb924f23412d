/** Tests of the transfer module. */
@NullMarked
package io.ruche.transfer;

import org.jspecify.annotations.NullMarked;
