/** {@code ruche config}: what the settings are and where each comes from. */
@NullMarked
package io.ruche.cli.config;

import org.jspecify.annotations.NullMarked;
