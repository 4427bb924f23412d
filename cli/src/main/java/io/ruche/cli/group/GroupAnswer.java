package io.ruche.cli.group;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ruche.chain.hub.Groups;
import io.ruche.cli.output.Answer;
import io.ruche.cli.output.Cell;
import io.ruche.cli.output.Fields;
import io.ruche.cli.output.Fields.Field;
import io.ruche.cli.output.Section;
import io.ruche.cli.output.Table;
import io.ruche.core.Address;
import io.ruche.sdk.RucheClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a group says of itself. */
record GroupAnswer(
    Address group, Optional<Groups.Members> list, List<Address> members, List<Address> parts) {
  /** How many members are shown. */
  private static final int LISTED = 100;

  static GroupAnswer of(RucheClient client, Address group) {
    var groups = client.hub().groups();
    return new GroupAnswer(
        group,
        groups.members(group),
        groups.firstMembers(group, LISTED),
        groups.parts(group).orElse(List.of()));
  }

  Answer answer() {
    var sections = new ArrayList<Section>();
    sections.add(new Fields(fields()));
    var shown = parts.isEmpty() ? members : parts;
    if (!shown.isEmpty()) {
      sections.add(new Table(
          List.of(parts.isEmpty() ? "MEMBER" : "GROUP"),
          shown.stream().map(address -> List.of(Cell.of(address.checksummed()))).toList()));
    }
    return new Answer(json(), sections, List.of(group.checksummed()));
  }

  /** Whether the hub will take the account for a member. */
  Answer about(RucheClient client, Address account) {
    boolean isMember = client.hub().groups().isMember(group, account);
    var json = json().put("account", account.checksummed()).put("isMember", isMember);
    var fields = fields();
    fields.add(Fields.field("account", account.checksummed()));
    fields.add(Fields.field(
        "member", isMember ? "yes: restricted orders are open to it" : "no: they are not"));
    return new Answer(json, List.of(new Fields(fields)), List.of(isMember ? "member" : "stranger"));
  }

  private List<Field> fields() {
    var fields = new ArrayList<Field>();
    fields.add(Fields.field("group", group.checksummed()));
    list.ifPresentOrElse(
        found -> {
          fields.add(Fields.field("kind", "a list that its owner keeps"));
          fields.add(Fields.field("owner", found.owner().checksummed()));
          fields.add(Fields.field("members", counted(found)));
        },
        () -> fields.add(Fields.field(
            "kind", parts.isEmpty() ? "of others' making" : "made of other groups, for good")));
    return fields;
  }

  private static String counted(Groups.Members found) {
    return found.count() > LISTED
        ? "%d, the first %d shown".formatted(found.count(), LISTED)
        : Long.toString(found.count());
  }

  private ObjectNode json() {
    var json = JsonNodeFactory.instance.objectNode().put("address", group.checksummed());
    list.ifPresent(found -> {
      json.put("owner", found.owner().checksummed()).put("count", found.count());
      var array = json.putArray("members");
      members.forEach(member -> array.add(member.checksummed()));
    });
    if (!parts.isEmpty()) {
      var array = json.putArray("parts");
      parts.forEach(part -> array.add(part.checksummed()));
    }
    return json;
  }
}
