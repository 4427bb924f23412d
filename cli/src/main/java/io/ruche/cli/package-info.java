/**
 * The command line {@code ruche}: reads options, calls the client library or starts processes,
 * prints the answer. One package per noun; no rule of the market or the protocol lives here.
 */
@NullMarked
package io.ruche.cli;

import org.jspecify.annotations.NullMarked;
