/**
 * Runs OCI images by the podman or docker that is installed. What lies here knows command lines and
 * images; it must not know the chain, nor where a file came from.
 */
@NullMarked
package io.ruche.sandbox.oci;

import org.jspecify.annotations.NullMarked;
