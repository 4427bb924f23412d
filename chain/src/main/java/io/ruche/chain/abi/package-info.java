/**
 * The contract ABI as far as the hub needs it: selectors, topics, an encoder and a bounds-checked
 * decoder that work on 32-byte words without reflection. Knows no contract and no network.
 */
@org.jspecify.annotations.NullMarked
package io.ruche.chain.abi;
