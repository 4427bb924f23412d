package io.ruche.testkit;

import io.ruche.core.Address;
import io.ruche.core.Deal;
import io.ruche.core.OnChainTask;
import io.ruche.core.TokenAmount;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A hub on which a {@link HubScenario} is played. Actors are named: {@code requester},
 * {@code appOwner}, {@code datasetOwner}, {@code poolOwner}, {@code kitty}, {@code w1}, {@code w2}
 * and so on. Every call is mined before it returns; one that the hub refuses throws
 * {@link HubRevert} with the error's name. Time stands still but for {@link #advance}. The first
 * category has a reference time of 300 s; a pool keeps 1 percent and wants a worker stake of 30
 * percent.
 */
public interface ScenarioHub {
  /** Whether its errors have our names; of another's only whether it refuses is compared. */
  default boolean isNamingErrors() {
    return true;
  }

  void deposit(String actor, TokenAmount amount);

  void withdraw(String actor, TokenAmount amount);

  /** Matches fresh orders and remembers the deal under this name. */
  void match(String deal, Wish wish);

  void initialize(TaskName task);

  /** The digest is keccak256 of the text; without authorization a stranger's signature is sent. */
  void contribute(TaskName task, String worker, String digestText, boolean isAuthorized);

  void contributeAndFinalize(TaskName task, String worker, String digestText, String results);

  void reveal(TaskName task, String worker, String digestText);

  void reopen(TaskName task, String caller);

  void finalizeTask(TaskName task, String caller, String results);

  void claim(TaskName task);

  void initializeAndClaim(TaskName task);

  /** Lets time pass on chain. */
  void advance(Duration time);

  /** When the scenario began. */
  Instant start();

  Address address(String actor);

  Deal deal(String name);

  /** The tasks; UNSET where they were never initialised. */
  List<OnChainTask> tasks(List<TaskName> tasks);

  /** Contributions of these workers to a task. */
  List<HubContribution> contributions(TaskName task, List<Address> workers);

  /** The actors' free and locked deposits. */
  List<Purse> purses(List<String> actors);

  List<Long> scores(List<String> workers);

  /** All events about deals and tasks since the scenario began. */
  List<HubLog> logs();

  /** A task by the name of its deal and its index. */
  record TaskName(String deal, long index) {
    @Override
    public String toString() {
      return deal + "/" + index;
    }
  }

  /** What is bought: an app for 1,000,000 nano and, if wanted, a dataset for 500,000. */
  record Wish(long trust, long volume, TokenAmount poolPrice, boolean hasDataset) {}
}
