package io.ruche.sdk;

import io.ruche.core.Address;
import io.ruche.core.AppOrder;
import io.ruche.core.DatasetOrder;
import io.ruche.core.Salt;
import io.ruche.core.Signature;
import io.ruche.core.WorkerpoolOrder;
import io.ruche.sdk.Publisher.PoolTerms;
import io.ruche.sdk.Publisher.Terms;

/** Standing orders as their terms say, with a fresh salt, still to be signed. */
public final class StandingOrders {
  private StandingOrders() {}

  /** A salt that nobody else draws. */
  public static Salt salt() {
    return Salts.random();
  }

  public static AppOrder app(Address app, Terms terms) {
    var audience = terms.audience();
    return new AppOrder(
        app,
        terms.price(),
        terms.volume(),
        terms.tag(),
        audience.dataset(),
        audience.workerpool(),
        audience.requester(),
        Salts.random(),
        Signature.EMPTY);
  }

  public static DatasetOrder dataset(Address dataset, Terms terms) {
    var audience = terms.audience();
    return new DatasetOrder(
        dataset,
        terms.price(),
        terms.volume(),
        terms.tag(),
        audience.app(),
        audience.workerpool(),
        audience.requester(),
        Salts.random(),
        Signature.EMPTY);
  }

  public static WorkerpoolOrder workerpool(Address pool, PoolTerms offer) {
    var terms = offer.terms();
    var audience = terms.audience();
    return new WorkerpoolOrder(
        pool,
        terms.price(),
        terms.volume(),
        terms.tag(),
        offer.categoryId(),
        offer.trust(),
        audience.app(),
        audience.dataset(),
        audience.requester(),
        Salts.random(),
        Signature.EMPTY);
  }
}
