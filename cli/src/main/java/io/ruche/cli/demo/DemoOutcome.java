package io.ruche.cli.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ruche.core.Address;
import io.ruche.core.DealId;
import io.ruche.core.TokenAmount;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What the demonstration came to.
 *
 * @param verified results whose bytes agree with the chain
 * @param isConserved whether the sum of all balances is what it was
 */
record DemoOutcome(
    List<DealId> deals,
    long tasks,
    long completed,
    Address liar,
    TokenAmount stakeLost,
    List<Books.Payment> payments,
    boolean isConserved,
    int verified,
    Duration took,
    Path plot) {

  /** True when everything that the demonstration promises was seen. */
  boolean isSuccess() {
    return completed == tasks && verified == tasks && isConserved && !stakeLost.isZero();
  }

  ObjectNode toJson() {
    var json = JsonNodeFactory.instance.objectNode();
    var ids = json.putArray("deals");
    deals.forEach(deal -> ids.add(deal.hex()));
    json.putObject("tasks").put("total", tasks).put("completed", completed);
    json.putObject("liar")
        .put("address", liar.checksummed())
        .put("stakeLost", stakeLost.toString());
    var array = json.putArray("payments");
    for (var payment : payments) {
      array
          .addObject()
          .put("name", payment.party().name())
          .put("address", payment.party().address().checksummed())
          .put("amount", payment.text());
    }
    return json.put("conserved", isConserved)
        .put("verified", verified)
        .put("seconds", took.toMillis() / 1000.0)
        .put("plot", plot.toString());
  }
}
