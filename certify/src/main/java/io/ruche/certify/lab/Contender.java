package io.ruche.certify.lab;

import io.ruche.certify.CertificationMethod;

/**
 * A method that is tried.
 *
 * @param label how it is called in reports
 * @param trust of the deals: what the hub asks besides
 */
public record Contender(String label, CertificationMethod method, long trust) {}
