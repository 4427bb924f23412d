/**
 * {@code ruche wallet}: key files of the home. Secrets come from files, variables or a prompt only.
 */
@NullMarked
package io.ruche.cli.wallet;

import org.jspecify.annotations.NullMarked;
