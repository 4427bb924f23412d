/** What a server is told at its start: flags, environment, a file, defaults, in this order. */
@org.jspecify.annotations.NullMarked
package io.ruche.server.settings;
