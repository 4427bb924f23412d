package io.ruche.cli.node;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ruche.cli.output.Answer;
import io.ruche.cli.output.Cell;
import io.ruche.cli.output.Fields;
import io.ruche.cli.output.Section;
import io.ruche.cli.output.Table;
import io.ruche.core.Address;
import io.ruche.core.RucheException;
import io.ruche.sdk.RucheClient;
import java.util.ArrayList;
import java.util.List;

/** What a worker account is and has. */
final class WorkerAccountAnswer {
  private WorkerAccountAnswer() {}

  /**
   * Refuses an address that is no worker account of this hub.
   *
   * @throws RucheException NOT_AN_ACCOUNT
   */
  static void require(RucheClient client, Address account) {
    var hub = client.hub().workerAccounts().hubOf(account).orElse(Address.ZERO);
    if (!hub.equals(client.hub().address())) {
      throw new RucheException(
          "NOT_AN_ACCOUNT",
          "%s is no worker account of hub %s."
              .formatted(account.checksummed(), client.hub().address().checksummed()),
          "Check the address and the network, or create one with `ruche worker account create`.",
          false);
    }
  }

  static Answer of(RucheClient client, Address account, List<Address> machines) {
    var accounts = client.hub().workerAccounts();
    var owner = accounts.ownerOf(account).orElse(Address.ZERO);
    var money = client.view().account(account);
    long score = client.hub().score(account);
    var json = JsonNodeFactory.instance
        .objectNode()
        .put("address", account.checksummed())
        .put("owner", owner.checksummed())
        .put("free", money.free().toString())
        .put("locked", money.locked().toString())
        .put("unit", "RUC")
        .put("score", score);
    var list = json.putArray("machines");
    var rows = new ArrayList<List<Cell>>();
    for (var machine : machines) {
      var seen = accounts.machine(account, machine).orElseThrow();
      list.addObject()
          .put("machine", machine.checksummed())
          .put("isListed", seen.isListed())
          .put("cap", seen.cap().toString())
          .put("locked", seen.locked().toString());
      rows.add(List.of(
          Cell.of(machine.checksummed()),
          Cell.of(seen.isListed() ? "yes" : "no"),
          Cell.of(seen.cap() + " RUC"),
          Cell.of(seen.locked() + " RUC")));
    }
    var sections = new ArrayList<Section>();
    sections.add(Fields.of(
        Fields.field("account", account.checksummed()),
        Fields.field("owner", owner.checksummed()),
        Fields.field("free", money.free() + " RUC in the hub"),
        Fields.field("locked", money.locked() + " RUC by running tasks"),
        Fields.field("score", Long.toString(score))));
    if (!rows.isEmpty()) {
      sections.add(new Table(List.of("MACHINE", "LISTED", "CAP", "LOCKED"), rows));
    }
    return new Answer(json, sections, List.of(account.checksummed()));
  }
}
