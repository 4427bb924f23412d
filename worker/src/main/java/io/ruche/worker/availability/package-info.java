/**
 * When a machine may work: conditions on facts about it, whether they all agree, and what follows
 * for the worker. Pure: the facts, the time and the zone come in; who reads them is not known here.
 */
@org.jspecify.annotations.NullMarked
package io.ruche.worker.availability;
