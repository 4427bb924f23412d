package io.ruche.chain.hub;

import io.ruche.chain.abi.AbiDecoder;
import io.ruche.chain.abi.AbiEvent;
import io.ruche.chain.rpc.RawLog;
import io.ruche.chain.rpc.Receipt;
import io.ruche.core.Address;
import io.ruche.core.DealId;
import io.ruche.core.Digest;
import io.ruche.core.Hex;
import io.ruche.core.OrderHash;
import io.ruche.core.TaskId;
import io.ruche.core.TokenAmount;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decodes the hub's logs. Logs of events that nobody here needs are skipped. */
public final class HubEvents {
  @FunctionalInterface
  private interface Decoder {
    HubEvent decode(HubEvent.Position position, AbiDecoder indexed, AbiDecoder data);
  }

  /**
   * How an event is read.
   *
   * @param isChecked false when the hub emits whatever a stranger gives it
   */
  private record Known(AbiEvent event, Decoder decoder, boolean isChecked) {}

  private static final Map<String, Known> BY_TOPIC = byTopic();

  private HubEvents() {}

  /**
   * The typed event; empty for one that is not known, and for a broadcast that makes no sense.
   *
   * @throws IllegalArgumentException when a known event is malformed: the hub is not ours
   */
  public static Optional<HubEvent> decode(RawLog log) {
    var known = log.topics().isEmpty() ? null : BY_TOPIC.get(log.topics().getFirst());
    if (known == null || log.topics().size() != known.event().indexedCount() + 1) {
      return Optional.empty();
    }
    var position = new HubEvent.Position(log.block(), log.transaction(), log.index());
    var indexed = AbiDecoder.of(Hex.decode("0x"
        + String.join("", log.topics().stream().skip(1).map(t -> t.substring(2)).toList())));
    var data = AbiDecoder.of(Hex.decode(log.data()));
    try {
      return Optional.of(known.decoder().decode(position, indexed, data));
    } catch (IllegalArgumentException e) {
      if (known.isChecked()) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /** The hub's events in a receipt, in order. */
  public static List<HubEvent> of(Receipt receipt, Address hub) {
    return receipt.logs().stream()
        .filter(log -> log.address().equals(hub))
        .flatMap(log -> decode(log).stream())
        .toList();
  }

  private static Map<String, Known> byTopic() {
    var map = new HashMap<String, Known>();
    addDeals(map);
    addTasks(map);
    addMoney(map);
    return map;
  }

  private static void addDeals(Map<String, Known> map) {
    add(
        map,
        HubAbi.SCHEDULER_NOTICE,
        (at, indexed, data) ->
            new HubEvent.SchedulerNotice(at, indexed.address(), DealId.of(data.word())));
    add(
        map,
        HubAbi.ORDERS_MATCHED,
        (at, indexed, data) -> new HubEvent.OrdersMatched(
            at,
            DealId.of(data.word()),
            OrderHash.of(data.word()),
            OrderHash.of(data.word()),
            OrderHash.of(data.word()),
            OrderHash.of(data.word()),
            data.cappedLong()));
    add(
        map,
        HubAbi.DEAL_SPONSORED,
        (at, indexed, data) ->
            new HubEvent.DealSponsored(at, DealId.of(data.word()), data.address()));
    var broadcast = HubAbi.REQUEST_BROADCAST;
    Decoder request =
        (at, indexed, data) -> new HubEvent.RequestBroadcast(at, AbiOrders.request(data.tuple()));
    map.put(broadcast.topic(), new Known(broadcast, request, false));
    add(
        map,
        HubAbi.CREATED_CATEGORY,
        (at, indexed, data) -> new HubEvent.CategoryCreated(at, data.cappedLong()));
  }

  private static void addTasks(Map<String, Known> map) {
    add(
        map,
        HubAbi.TASK_INITIALIZE,
        (at, indexed, data) ->
            new HubEvent.TaskInitialize(at, TaskId.of(indexed.word()), indexed.address()));
    add(
        map,
        HubAbi.TASK_CONTRIBUTE,
        (at, indexed, data) -> new HubEvent.TaskContribute(
            at, TaskId.of(indexed.word()), indexed.address(), Digest.of(data.word())));
    add(
        map,
        HubAbi.TASK_CONSENSUS,
        (at, indexed, data) ->
            new HubEvent.TaskConsensus(at, TaskId.of(indexed.word()), Digest.of(data.word())));
    add(
        map,
        HubAbi.TASK_REVEAL,
        (at, indexed, data) -> new HubEvent.TaskReveal(
            at, TaskId.of(indexed.word()), indexed.address(), Digest.of(data.word())));
    add(
        map,
        HubAbi.TASK_REOPEN,
        (at, indexed, data) -> new HubEvent.TaskReopen(at, TaskId.of(indexed.word())));
    add(
        map,
        HubAbi.TASK_FINALIZE,
        (at, indexed, data) ->
            new HubEvent.TaskFinalize(at, TaskId.of(indexed.word()), Hex.encode(data.bytes())));
    add(
        map,
        HubAbi.TASK_CLAIMED,
        (at, indexed, data) -> new HubEvent.TaskClaimed(at, TaskId.of(indexed.word())));
    add(
        map,
        HubAbi.ACCURATE_CONTRIBUTION,
        (at, indexed, data) ->
            new HubEvent.AccurateContribution(at, indexed.address(), TaskId.of(indexed.word())));
    add(
        map,
        HubAbi.FAULTY_CONTRIBUTION,
        (at, indexed, data) ->
            new HubEvent.FaultyContribution(at, indexed.address(), TaskId.of(indexed.word())));
  }

  private static void addMoney(Map<String, Known> map) {
    add(
        map,
        HubAbi.TRANSFER,
        (at, indexed, data) ->
            new HubEvent.Transfer(at, indexed.address(), indexed.address(), amount(data)));
    add(
        map,
        HubAbi.LOCK,
        (at, indexed, data) -> new HubEvent.Lock(at, data.address(), amount(data)));
    add(
        map,
        HubAbi.UNLOCK,
        (at, indexed, data) -> new HubEvent.Unlock(at, data.address(), amount(data)));
    add(
        map,
        HubAbi.REWARD,
        (at, indexed, data) ->
            new HubEvent.Reward(at, data.address(), amount(data), Hex.encode(data.word())));
    add(
        map,
        HubAbi.SEIZE,
        (at, indexed, data) ->
            new HubEvent.Seize(at, data.address(), amount(data), Hex.encode(data.word())));
  }

  private static void add(Map<String, Known> map, AbiEvent event, Decoder decoder) {
    map.put(event.topic(), new Known(event, decoder, true));
  }

  private static TokenAmount amount(AbiDecoder data) {
    return new TokenAmount(data.uint());
  }
}
