package io.ruche.core;

/**
 * A registered app.
 *
 * @param type {@code WASM}, {@code NATIVE} or {@code DOCKER}; anything else cannot run
 * @param location where the module is: an URL, or an IPFS path when the multiaddr is binary
 * @param checksum sha256 of the file at that location
 */
public record App(
    Address address, Address owner, String name, String type, String location, Sha256 checksum) {}
