/** Running one task: what the app sees, fetching it, running it, and packing what it gave. */
@org.jspecify.annotations.NullMarked
package io.ruche.agent.task;
