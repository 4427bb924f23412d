/**
 * The server's ports onto the chain client: what pool and order board ask of the hub, the outbox in
 * SQL, and the events of the hub on their way in.
 */
@org.jspecify.annotations.NullMarked
package io.ruche.server.chain;
