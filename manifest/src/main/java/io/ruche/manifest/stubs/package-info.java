/**
 * Source code of typed clients, made from a manifest: a Solidity library and a Java class. Pure
 * text; who writes it to files, and when, is not known here.
 */
@NullMarked
package io.ruche.manifest.stubs;

import org.jspecify.annotations.NullMarked;
