/** {@code ruche doctor}: what this machine and network lack, and how to get it. */
@NullMarked
package io.ruche.cli.doctor;

import org.jspecify.annotations.NullMarked;
