/**
 * The sandbox of native programs: one program file, run by bubblewrap as an unprivileged user in
 * namespaces of its own, behind a seccomp filter and limits. What the machine cannot limit is found
 * out at the start and said. This package must not know the chain, the market or where data comes
 * from.
 */
@NullMarked
package io.ruche.sandbox.nativeapp;

import org.jspecify.annotations.NullMarked;
