/**
 * What the pool and a runner say to each other over the runner's standard streams: length-prefixed
 * frames with few types. Both sides check every length; the pool trusts nothing that a runner says.
 */
@NullMarked
package io.ruche.sandbox.wire;

import org.jspecify.annotations.NullMarked;
