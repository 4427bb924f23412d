/**
 * The data store of a server: results that workers upload, files that owners publish, both served
 * by their content address. Every byte that comes in is bounded and checked before it is kept.
 */
@org.jspecify.annotations.NullMarked
package io.ruche.server.data;
