/**
 * Settings of the worker's process: flags, environment, file, defaults; read once, at the start.
 */
@org.jspecify.annotations.NullMarked
package io.ruche.agent.settings;
