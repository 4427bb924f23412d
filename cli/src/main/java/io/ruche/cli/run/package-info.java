/** {@code ruche run}: quote, check, buy, follow and fetch in one command. */
@NullMarked
package io.ruche.cli.run;

import org.jspecify.annotations.NullMarked;
