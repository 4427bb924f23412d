/**
 * What a process must not lose, in SQL: the pool's journal, signed transactions, published orders,
 * the index of stored results. SQLite with every commit synced; statements keep to plain SQL so
 * that PostgreSQL can follow. Knows nothing of HTTP, of the chain's protocol or of what an engine
 * decides.
 */
@org.jspecify.annotations.NullMarked
package io.ruche.store;
