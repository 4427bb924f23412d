/** A test build of the worker that lies about its results. It is no part of the product's jars. */
@org.jspecify.annotations.NullMarked
package io.ruche.liar;
