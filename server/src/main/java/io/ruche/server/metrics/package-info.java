/**
 * What Prometheus reads of a server. The one package that knows the Prometheus client; labels carry
 * codes of this program only, never an id or an address.
 */
@org.jspecify.annotations.NullMarked
package io.ruche.server.metrics;
