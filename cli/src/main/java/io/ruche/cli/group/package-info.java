/** {@code ruche group}: lists of accounts that orders name as restrictions. */
@NullMarked
package io.ruche.cli.group;

import org.jspecify.annotations.NullMarked;
