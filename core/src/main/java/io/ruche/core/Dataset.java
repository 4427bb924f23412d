package io.ruche.core;

/** A registered dataset: where its file is and the sha256 that it must have. */
public record Dataset(
    Address address, Address owner, String name, String location, Sha256 checksum) {}
