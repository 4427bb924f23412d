/**
 * What a process must not lose, in SQL: the pool's journal, signed transactions, published orders,
 * the index of stored results. One SQLite file or a PostgreSQL database, with every commit synced;
 * statements keep to plain SQL that both know. Knows nothing of HTTP, of the chain's protocol or of
 * what an engine decides.
 */
@org.jspecify.annotations.NullMarked
package io.ruche.store;
