/**
 * What a worker and a pool say to each other over the worker's outbound WebSocket: typed messages,
 * their JSON, and the versions of the protocol. Bytes of data and results travel by HTTP, not here.
 * Knows nothing of engines, sandboxes or SQL.
 */
@org.jspecify.annotations.NullMarked
package io.ruche.link;
