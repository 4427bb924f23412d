package io.ruche.cli.group;

import io.ruche.chain.hub.Groups;
import io.ruche.cli.Connection;
import io.ruche.cli.ExitCode;
import io.ruche.cli.Session;
import io.ruche.core.Address;
import io.ruche.core.RucheException;
import io.ruche.sdk.RucheClient;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists of accounts that orders name as restrictions. */
@Command(
    name = "group",
    description = "Keep lists of whom you trust, for the --for options of orders.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ruche group create 0x7099..79C8 0x3C44..93BC      a list of two members",
      "  ruche group show 0x9fE4..a6e0 --member 0x7099..79C8"
    })
public final class GroupCommand {
  private final Session session;

  public GroupCommand(Session session) {
    this.session = session;
  }

  @Command(
      name = "create",
      description = {
        "Put a group on chain and say its address.",
        "A list has members, which the wallet adds and removes. A union or an intersection is made",
        "of other groups, for good: its members are those of any, or of all, of them."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche group create 0x7099..79C8 0x3C44..93BC      a list of two members",
        "  ruche group create --union 0x9fE4..a6e0 0xCf7E..0Fc9"
      })
  int create(
      @Parameters(
              arity = "0..*",
              paramLabel = "ADDRESS",
              description = "First members, or the groups that it is made of.")
          @Nullable
          List<Address> addresses,
      @Option(names = "--union", description = "Members of any of these groups.") boolean isUnion,
      @Option(names = "--intersection", description = "Members of all of these groups.")
          boolean isIntersection) {
    var kind = GroupKind.of(isUnion, isIntersection);
    var given = distinct(addresses);
    kind.requireCount(given.size());
    try (var client = Connection.open(session)) {
      if (kind != GroupKind.LIST) {
        given.forEach(part -> requireGroup(client, part));
      }
      var created = new GroupCreation(session, client).create(kind, given);
      if (!created.isNew()) {
        session.note("This wallet created the very same group before; nothing was sent.");
      }
      session.answer(GroupAnswer.of(client, created.address()).answer());
    }
    return ExitCode.OK;
  }

  @Command(
      name = "add",
      description = "Add members to a list of the wallet; who is in already stays.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche group add 0x9fE4..a6e0 0x7099..79C8",
        "  ruche group add 0x9fE4..a6e0 0x7099..79C8 0x3C44..93BC --wallet alice"
      })
  int add(
      @Parameters(index = "0", paramLabel = "GROUP", description = "The list.") Address group,
      @Parameters(index = "1..*", arity = "1..*", paramLabel = "ADDRESS", description = "Members.")
          List<Address> members) {
    return change(group, members, true);
  }

  @Command(
      name = "remove",
      description = "Remove members from a list of the wallet.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche group remove 0x9fE4..a6e0 0x7099..79C8",
        "  ruche group remove 0x9fE4..a6e0 0x7099..79C8 --wallet alice"
      })
  int remove(
      @Parameters(index = "0", paramLabel = "GROUP", description = "The list.") Address group,
      @Parameters(index = "1..*", arity = "1..*", paramLabel = "ADDRESS", description = "Members.")
          List<Address> members) {
    return change(group, members, false);
  }

  @Command(
      name = "show",
      description = "Show a group, or whether somebody is in it, as the hub will see it.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche group show 0x9fE4..a6e0        owner and members",
        "  ruche group show 0x9fE4..a6e0 --member 0x7099..79C8"
      })
  int show(
      @Parameters(paramLabel = "GROUP", description = "Its address.") Address group,
      @Option(names = "--member", paramLabel = "ADDRESS", description = "Ask for this account.")
          @Nullable
          Address account) {
    try (var client = Connection.openToRead(session)) {
      requireGroup(client, group);
      var answer = GroupAnswer.of(client, group);
      session.answer(account == null ? answer.answer() : answer.about(client, account));
    }
    return ExitCode.OK;
  }

  private int change(Address group, List<Address> named, boolean isAddition) {
    var members = distinct(named);
    try (var client = Connection.open(session)) {
      requireOwnList(client, group);
      var groups = client.hub().groups();
      var changing = members.stream()
          .filter(member -> groups.isMember(group, member) != isAddition)
          .toList();
      if (changing.isEmpty()) {
        session.note("They are %s already; nothing was sent.".formatted(isAddition ? "in" : "out"));
      } else if (isAddition) {
        client.transactions().addMembers(group, changing);
      } else {
        client.transactions().removeMembers(group, changing);
      }
      session.answer(GroupAnswer.of(client, group).answer());
    }
    return ExitCode.OK;
  }

  private static List<Address> distinct(@Nullable List<Address> addresses) {
    return addresses == null ? List.of() : List.copyOf(new LinkedHashSet<>(addresses));
  }

  private static void requireGroup(RucheClient client, Address group) {
    if (!client.view().isGroup(group)) {
      throw new RucheException(
          "GROUP_UNKNOWN",
          "%s is no group: it does not answer keyHasPurpose.".formatted(group.checksummed()),
          "Check the address and the network, or create one with `ruche group create`.",
          false);
    }
  }

  private static void requireOwnList(RucheClient client, Address group) {
    requireGroup(client, group);
    var owner = client
        .hub()
        .groups()
        .members(group)
        .map(Groups.Members::owner)
        .orElseThrow(() -> new RucheException(
            "GROUP_FIXED",
            "group %s is no list: nobody can change its members.".formatted(group.checksummed()),
            "Change one of the lists that it is made of; `ruche group show` names them.",
            false));
    var wallet = client.wallet().address();
    if (!owner.equals(wallet)) {
      throw new RucheException(
          "NOT_OWNER",
          "group %s belongs to %s, but the wallet is %s."
              .formatted(group.checksummed(), owner.checksummed(), wallet.checksummed()),
          "Choose its owner's wallet with --wallet.",
          false);
    }
  }
}
