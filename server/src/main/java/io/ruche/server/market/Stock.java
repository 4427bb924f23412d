package io.ruche.server.market;

import io.ruche.scheduler.selling.Offerable;
import io.ruche.server.settings.ServerSettings.Offer;
import java.util.List;
import java.util.stream.Collectors;

/** How much of each category may be on offer now. */
@FunctionalInterface
public interface Stock {
  /**
   * What there is.
   *
   * @param trust the highest trust that may be promised
   * @param offerable one for each category of the offer
   */
  record Available(long trust, List<Offerable> offerable) {
    public Available {
      offerable = List.copyOf(offerable);
    }
  }

  Available available(Offer offer);

  /** As much as the settings say, whatever machines there are. */
  static Stock bySettings() {
    return offer -> new Available(
        offer.trust(),
        offer.categories().stream()
            .map(category -> new Offerable(category, offer.volume(), Offerable.Limit.SETTING))
            .collect(Collectors.toList()));
  }
}
