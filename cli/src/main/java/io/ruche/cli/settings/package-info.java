/**
 * The home folder, the settings and the description of a network. Values and files only: nothing
 * here talks to a chain or a server.
 */
@NullMarked
package io.ruche.cli.settings;

import org.jspecify.annotations.NullMarked;
