package io.ruche.certify.formula;

/**
 * How a vote can end, as chances that sum to 1.
 *
 * @param right the right result wins
 * @param wrong the liars' result wins
 * @param undecided no consensus within the bound
 * @param copies votes cast on average
 */
public record VoteEnds(double right, double wrong, double undecided, double copies) {}
