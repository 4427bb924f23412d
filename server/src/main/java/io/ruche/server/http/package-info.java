/**
 * The one HTTP origin of a server: limits, security headers, errors as JSON, strict reading of ids.
 * Knows nothing of tasks, orders or files.
 */
@org.jspecify.annotations.NullMarked
package io.ruche.server.http;
