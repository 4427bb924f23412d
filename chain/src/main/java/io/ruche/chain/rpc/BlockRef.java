package io.ruche.chain.rpc;

import io.ruche.core.BlockHash;

/** A block by number and hash: a place on one branch of the chain. */
public record BlockRef(long number, BlockHash hash) {}
