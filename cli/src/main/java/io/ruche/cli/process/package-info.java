/**
 * Background processes: starting them so that they outlive the command line, recognising them
 * later, and stopping exactly those. It knows nothing about what they do.
 */
@NullMarked
package io.ruche.cli.process;

import org.jspecify.annotations.NullMarked;
