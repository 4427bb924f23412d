/**
 * How answers look: tables for a terminal, full tab-separated rows for a pipe, JSON, or bare names.
 * It knows nothing about what the answers mean.
 */
@NullMarked
package io.ruche.cli.output;

import org.jspecify.annotations.NullMarked;
