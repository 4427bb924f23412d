/**
 * What an app says of itself: its functions with ABI types, limits and examples, carried inside its
 * module. From it come typed calls, their encoding and decoding, and the fields of forms. It knows
 * nothing of chains, markets or how a module is run.
 */
@NullMarked
package io.ruche.manifest;

import org.jspecify.annotations.NullMarked;
