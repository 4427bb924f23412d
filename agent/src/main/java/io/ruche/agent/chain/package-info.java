/** What a worker asks of the chain and sends to it. Knows no pool and no files. */
@org.jspecify.annotations.NullMarked
package io.ruche.agent.chain;
