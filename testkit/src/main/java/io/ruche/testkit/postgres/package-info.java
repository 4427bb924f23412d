/** A real PostgreSQL server for tests. */
@org.jspecify.annotations.NullMarked
package io.ruche.testkit.postgres;
