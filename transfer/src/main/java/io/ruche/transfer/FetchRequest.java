package io.ruche.transfer;

/**
 * One file to fetch.
 *
 * @param location {@code http(s)://}, {@code file:///}, {@code ipfs://<cid>} or {@code /ipfs/<cid>}
 */
public record FetchRequest(String location, Checksum checksum) {}
