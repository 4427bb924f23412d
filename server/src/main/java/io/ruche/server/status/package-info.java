/** What people and scripts may ask a running server: health, deals, tasks, workers. Read only. */
@org.jspecify.annotations.NullMarked
package io.ruche.server.status;
