/** {@code ruche account}: the money of a wallet in the hub's escrow and outside. */
@NullMarked
package io.ruche.cli.account;

import org.jspecify.annotations.NullMarked;
