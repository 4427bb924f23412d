package io.ruche.sdk;

import io.ruche.core.Address;
import io.ruche.core.App;
import io.ruche.core.AppOrder;
import io.ruche.core.Dataset;
import io.ruche.core.DatasetOrder;
import io.ruche.core.Order;
import io.ruche.core.OrderHash;
import io.ruche.core.RequestOrder;
import io.ruche.core.RucheException;
import io.ruche.core.Signature;
import io.ruche.core.Workerpool;
import io.ruche.core.WorkerpoolOrder;

/**
 * What a wallet does with single orders: sign, publish, sign on chain, broadcast, cancel. What the
 * hub would refuse is refused before anything is signed or sent; what is done already is not done
 * again.
 */
public final class OwnOrders {
  private final HubView view;
  private final Market market;
  private final OrderTransactions transactions;
  private final Signer signer;

  OwnOrders(HubView view, Market market, OrderTransactions transactions, Signer signer) {
    this.view = view;
    this.market = market;
    this.transactions = transactions;
    this.signer = signer;
  }

  /**
   * Signs an order.
   *
   * @throws RucheException NOT_OWNER, CATEGORY_UNKNOWN, RESTRICTION_UNKNOWN, CALLBACK_UNKNOWN, or
   *     that the resource is not registered
   */
  public Order signed(Order order) {
    requireUsable(order);
    return order.withSignature(signer.signDigest(hashOf(order).bytes()));
  }

  /** Refuses an order that could never be matched, or that is not this wallet's to give. */
  public void requireUsable(Order order) {
    requireOwn(order);
    requireCategory(order);
    new RestrictionCheck(view).require(order);
  }

  /**
   * Shows the order on the market's board; false when it is there already.
   *
   * @throws RucheException with the market's reason
   */
  public boolean publish(Order order) {
    try {
      market.publish(order);
      return true;
    } catch (RucheException e) {
      if (e.code().equals("ORDER_KNOWN")) {
        return false;
      }
      throw e;
    }
  }

  /** Signs the order on the hub; false when it is signed there already. */
  public boolean signOnChain(Order order) {
    requireUsable(order);
    var state = state(order);
    requireLeft(state);
    if (state.isSignedOnChain()) {
      return false;
    }
    transactions.signOnChain(order);
    return true;
  }

  /** Emits the order as an event of the hub; anybody may do that with a signed order. */
  public void broadcast(Order order) {
    var state = state(order);
    requireLeft(state);
    if (!state.isSigned()) {
      throw SdkErrors.orderUnsigned(state.hash(), state.signer());
    }
    transactions.broadcast(order);
  }

  /** Makes the order void; false when nothing is left of it already. */
  public boolean cancel(Order order) {
    requireOwn(order);
    if (state(order).remaining() == 0) {
      return false;
    }
    transactions.close(order);
    return true;
  }

  /** How the order stands on the hub; needs no wallet. */
  public static OrderState state(HubView view, Order order) {
    var hash = order.hash(view.domain());
    var owner = signerOf(view, order);
    return new OrderState(
        order,
        hash,
        owner,
        view.isSigned(owner, hash, order.sign()),
        view.isSigned(owner, hash, Signature.EMPTY),
        view.consumed(hash));
  }

  private OrderState state(Order order) {
    return state(view, order);
  }

  private OrderHash hashOf(Order order) {
    return order.hash(view.domain());
  }

  private static void requireLeft(OrderState state) {
    if (state.remaining() == 0) {
      throw SdkErrors.orderVoid(state.hash(), state.order().volume());
    }
  }

  private void requireOwn(Order order) {
    var owner = signerOf(view, order);
    if (!owner.equals(signer.address())) {
      throw SdkErrors.notOwner(described(order), owner, signer.address());
    }
  }

  private void requireCategory(Order order) {
    long category = switch (order) {
      case WorkerpoolOrder pool -> pool.categoryId();
      case RequestOrder request -> request.categoryId();
      case AppOrder _ -> 0;
      case DatasetOrder _ -> 0;
    };
    if (view.category(category).isEmpty()) {
      throw SdkErrors.categoryUnknown(category);
    }
  }

  private static String described(Order order) {
    return switch (order) {
      case AppOrder app -> "app " + app.app().checksummed();
      case DatasetOrder dataset -> "dataset " + dataset.dataset().checksummed();
      case WorkerpoolOrder pool -> "workerpool " + pool.workerpool().checksummed();
      case RequestOrder _ -> "the request order";
    };
  }

  /** Who must sign the order. */
  private static Address signerOf(HubView view, Order order) {
    return switch (order) {
      case AppOrder app ->
        view.app(app.app())
            .map(App::owner)
            .orElseThrow(() -> SdkErrors.unregistered("app", app.app()));
      case DatasetOrder dataset ->
        view.dataset(dataset.dataset())
            .map(Dataset::owner)
            .orElseThrow(() -> SdkErrors.unregistered("dataset", dataset.dataset()));
      case WorkerpoolOrder pool ->
        view.workerpool(pool.workerpool())
            .map(Workerpool::owner)
            .orElseThrow(() -> SdkErrors.unregistered("workerpool", pool.workerpool()));
      case RequestOrder request -> request.requester();
    };
  }
}
