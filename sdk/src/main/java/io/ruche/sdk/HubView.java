package io.ruche.sdk;

import io.ruche.chain.ChainErrors;
import io.ruche.chain.hub.Contribution;
import io.ruche.chain.hub.Hub;
import io.ruche.core.Address;
import io.ruche.core.App;
import io.ruche.core.Category;
import io.ruche.core.Dataset;
import io.ruche.core.Deal;
import io.ruche.core.DealId;
import io.ruche.core.Eip712Domain;
import io.ruche.core.OnChainTask;
import io.ruche.core.OrderHash;
import io.ruche.core.RucheException;
import io.ruche.core.Signature;
import io.ruche.core.TaskId;
import io.ruche.core.Workerpool;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads of a real hub. Any thread may call. */
public final class HubView implements ChainView, Resources, Deals {
  /** What a hub of others says to functions that it has not. */
  private static final String NO_SUCH_FUNCTION = "fallback-disabled";

  private final Hub hub;

  public HubView(Hub hub) {
    this.hub = hub;
  }

  @Override
  public Eip712Domain domain() {
    return hub.domain();
  }

  @Override
  public long consumed(OrderHash order) {
    return hub.consumed(order);
  }

  @Override
  public boolean isSigned(Address owner, OrderHash order, Signature signature) {
    return hub.isSigned(owner, order, signature);
  }

  @Override
  public boolean isMember(Address restriction, Address account) {
    return hub.groups().isMember(restriction, account);
  }

  /** True when the address can be asked for members. */
  public boolean isGroup(Address address) {
    return hub.groups().isGroup(address);
  }

  public boolean hasCode(Address address) {
    return hub.rpc().hasCode(address);
  }

  @Override
  public Account account(Address owner) {
    var account = hub.account(owner);
    return new Account(account.free(), account.locked());
  }

  @Override
  public Optional<Category> category(long id) {
    return hub.category(id);
  }

  @Override
  public Optional<App> app(Address address) {
    return hub.app(address);
  }

  @Override
  public Optional<Dataset> dataset(Address address) {
    return hub.dataset(address);
  }

  @Override
  public Optional<Workerpool> workerpool(Address address) {
    return hub.workerpool(address);
  }

  @Override
  public Optional<Deal> deal(DealId id) {
    return hub.deal(id);
  }

  @Override
  public List<OnChainTask> tasks(List<TaskId> ids) {
    return hub.tasks(ids);
  }

  /** Contributions to a task, in the order of its contributors. */
  public List<Contribution> contributions(OnChainTask task) {
    return hub.contributions(task.id(), task.contributors());
  }

  /** Whether the contract that waits for a completed task has its result; asks by a dry retry. */
  public CallbackState callback(TaskId task, Address asker) {
    try {
      hub.rpc().simulate(asker, hub.calls().retryCallback(task));
      return new CallbackState.Takeable();
    } catch (RucheException e) {
      if (!e.code().equals("TX_REVERTED")) {
        throw e;
      }
      return refused(ChainErrors.reasonIn(e));
    }
  }

  private static CallbackState refused(String reason) {
    if (reason.startsWith("NoFailedCallback")) {
      return new CallbackState.Delivered();
    }
    return reason.equals(NO_SUCH_FUNCTION)
        ? new CallbackState.Unknown()
        : new CallbackState.Refused(reason);
  }

  @Override
  public Instant now() {
    return hub.rpc().latestBlock().timestamp();
  }
}
