/**
 * The demonstration: a small market on one machine, from signed orders to a certified, paid result.
 * It uses the same library and processes as everybody; nothing here is needed by other commands.
 */
@org.jspecify.annotations.NullMarked
package io.ruche.cli.demo;
