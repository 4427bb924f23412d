package io.ruche.testkit;

import io.ruche.core.TaskStatus;
import io.ruche.core.TokenAmount;
import java.time.Duration;

/**
 * A hub on which a {@link HubScenario} is played. Actors are named: {@code requester},
 * {@code appOwner}, {@code poolOwner}, {@code kitty}, {@code w1}, {@code w2} and so on. Every call
 * is mined before it returns; one that the hub refuses throws {@link HubRevert} with the error's
 * name. Resources, prices and ratios are those of {@link MatchTerms#standard()}.
 */
public interface ScenarioHub {
  void deposit(String actor, TokenAmount amount);

  /** Matches fresh orders and remembers the deal under this name. */
  void match(String deal, long trust, long volume);

  void initialize(TaskName task);

  /** The digest is keccak256 of the text; without authorization an empty signature is sent. */
  void contribute(TaskName task, String worker, String digestText, boolean isAuthorized);

  void reveal(TaskName task, String worker, String digestText);

  void reopen(TaskName task, String caller);

  void finalizeTask(TaskName task, String caller, String results);

  void claim(TaskName task);

  void initializeAndClaim(TaskName task);

  /** Lets time pass on chain. */
  void advance(Duration time);

  TaskStatus status(TaskName task);

  /** The actor's free and locked deposit. */
  Purse purse(String actor);

  long score(String worker);

  /** A task by the name of its deal and its index. */
  record TaskName(String deal, long index) {}
}
