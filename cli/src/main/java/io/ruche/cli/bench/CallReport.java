package io.ruche.cli.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ruche.cli.bench.CallTimes.Spread;
import io.ruche.cli.contract.CallSteps;
import io.ruche.cli.contract.Traffic;
import io.ruche.cli.output.Answer;
import io.ruche.cli.output.Cell;
import io.ruche.cli.output.Fields;
import io.ruche.cli.output.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/**
 * What a contract's calls came to.
 *
 * @param callGas paid by whoever makes the contract call, all calls together
 * @param traffic every transaction from the first call to the last answer
 */
record CallReport(Calls calls, CallTimes times, long callGas, Traffic traffic) {

  Answer answer() {
    return new Answer(toJson(), List.of(fields(), table()), List.of());
  }

  private String way() {
    return calls.way().name().toLowerCase(Locale.ROOT);
  }

  private Fields fields() {
    return Fields.of(
        Fields.field(
            "calls",
            "%d (%s), %d workers, after %d to warm up"
                .formatted(calls.calls(), way(), calls.workers(), Calls.WARM_UP)),
        Fields.field(
            "gas per call with answer",
            "%d, of which the caller pays %d".formatted(gasPerCall(), callGasPerCall())),
        Fields.field(
            "transactions per call",
            "%.2f, reverted %d"
                .formatted((double) traffic.transactions() / calls.calls(), traffic.reverted())));
  }

  private Table table() {
    var rows = new ArrayList<List<Cell>>();
    phases()
        .forEach((name, spread) -> rows.add(List.of(
            Cell.of(name),
            millis(spread.p50()),
            millis(spread.p95()),
            millis(spread.min()),
            millis(spread.max()))));
    return new Table(List.of("BLOCK TO BLOCK (ms)", "P50", "P95", "MIN", "MAX"), rows);
  }

  private SequencedMap<String, Spread> phases() {
    var phases = new LinkedHashMap<String, Spread>();
    phases.put("call to answer", times.of(CallSteps::total));
    phases.put("  call to match", times.of(CallSteps::toMatch));
    phases.put("  match to initialize", times.of(CallSteps::toInitialize));
    phases.put("  initialize to answer", times.of(CallSteps::toAnswer));
    return phases;
  }

  private static Cell millis(double value) {
    return Cell.of("%.0f".formatted(value));
  }

  private long gasPerCall() {
    return traffic.gasUsed() / calls.calls();
  }

  private long callGasPerCall() {
    return callGas / calls.calls();
  }

  ObjectNode toJson() {
    var json = JsonNodeFactory.instance
        .objectNode()
        .put("calls", calls.calls())
        .put("way", way())
        .put("workers", calls.workers())
        .put("gasPerCall", gasPerCall())
        .put("callerGasPerCall", callGasPerCall())
        .put("transactions", traffic.transactions())
        .put("revertedTransactions", traffic.reverted());
    put(json, "callToAnswer", times.of(CallSteps::total));
    put(json, "callToMatch", times.of(CallSteps::toMatch));
    put(json, "matchToInitialize", times.of(CallSteps::toInitialize));
    put(json, "initializeToAnswer", times.of(CallSteps::toAnswer));
    return json;
  }

  private static void put(ObjectNode json, String name, Spread spread) {
    json.putObject(name)
        .put("p50Millis", Math.round(spread.p50()))
        .put("p95Millis", Math.round(spread.p95()))
        .put("minMillis", Math.round(spread.min()))
        .put("maxMillis", Math.round(spread.max()));
  }
}
