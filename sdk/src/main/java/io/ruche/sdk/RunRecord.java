package io.ruche.sdk;

import io.ruche.core.Address;
import io.ruche.core.DealId;
import java.time.Instant;
import java.util.List;

/**
 * A purchase as it is kept on disk from before its first transaction on.
 *
 * @param request the signed order; its hash names the run
 * @param lots what was to be bought, in the order of the matches
 * @param payer whose deposit pays: the requester, or a sponsor
 */
public record RunRecord(Instant begunAt, SignedRequest request, List<Lot> lots, Address payer) {
  public RunRecord {
    lots = List.copyOf(lots);
  }

  public boolean isSponsored() {
    return !payer.equals(request.order().requester());
  }

  /** The deals that the matches make, known before they are sent. */
  public List<DealId> deals() {
    return lots.stream().map(lot -> request.deal(lot.firstTask())).toList();
  }
}
