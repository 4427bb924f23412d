package io.ruche.cli.deal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ruche.cli.Session;
import io.ruche.core.Deal;
import io.ruche.core.TokenAmount;
import io.ruche.sdk.BagView;
import java.util.List;

/** Tasks that missed their final deadline, and how their price comes back. */
public final class Overdue {
  private final List<BagView.Entry> entries;

  public Overdue(BagView bag) {
    this.entries = bag.overdue();
  }

  /** Tells people, with the command to type. */
  public void tell(Session session) {
    if (entries.isEmpty()) {
      return;
    }
    session.note("%d %s the final deadline %s: nobody can finish %s any more, and %s RUC can be"
            .formatted(
                entries.size(),
                entries.size() == 1 ? "task missed" : "tasks missed",
                entries.getFirst().finalDeadline(),
                entries.size() == 1 ? "it" : "them",
                refund())
        + " taken back. Take it back with:");
    deals().forEach(deal -> session.note("  " + command(deal)));
  }

  /** Tells programs. */
  void addTo(ObjectNode json) {
    if (entries.isEmpty()) {
      return;
    }
    var claimable = json.putObject("claimable").put("refund", refund().toString());
    var tasks = claimable.putArray("tasks");
    entries.forEach(entry -> tasks.add(entry.id().hex()));
    var commands = claimable.putArray("commands");
    deals().forEach(deal -> commands.add(command(deal)));
  }

  private TokenAmount refund() {
    return entries.stream()
        .map(entry -> entry.deal().pricePerTask())
        .reduce(TokenAmount.ZERO, TokenAmount::plus);
  }

  private List<Deal> deals() {
    return entries.stream().map(BagView.Entry::deal).distinct().toList();
  }

  /** Anyone may claim; the money goes to whoever paid. */
  public static String command(Deal deal) {
    return "ruche deal claim " + deal.id();
  }
}
