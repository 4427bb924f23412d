/**
 * The Java client library. It finds offers and their price, checks everything before a wallet
 * signs, buys runs, follows them, downloads results and verifies them against the chain. It reaches
 * the chain, the order board and the data store through the ports declared here, and prints
 * nothing.
 */
@NullMarked
package io.ruche.sdk;

import org.jspecify.annotations.NullMarked;
