package io.ruche.cli.group;

import io.ruche.chain.dev.Artifacts;
import io.ruche.chain.tx.FileOutbox;
import io.ruche.cli.Installation;
import io.ruche.cli.Session;
import io.ruche.core.Address;
import io.ruche.core.Hex;
import io.ruche.core.Keccak;
import io.ruche.core.RucheException;
import io.ruche.sdk.RucheClient;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Creates a group once: the transaction is on disk before it is sent, and found again by the same
 * command after a crash.
 */
final class GroupCreation {
  private final Session session;
  private final RucheClient client;

  GroupCreation(Session session, RucheClient client) {
    this.session = session;
    this.client = client;
  }

  /**
   * A group on chain.
   *
   * @param isNew false when it was there before this call
   */
  record Created(Address address, boolean isNew) {}

  Created create(GroupKind kind, List<Address> addresses) {
    var artifacts = new Artifacts(Installation.current().contracts().resolve("out"));
    var owner = client.wallet().address();
    var call = kind.creation(artifacts, owner, addresses);
    var action =
        "group-" + Hex.encode(Keccak.hash(call.data().getBytes(StandardCharsets.US_ASCII)));
    var home = session.home().create();
    var folder = home.ensure(home.groups(client.hub().chainId()));
    try (var outbox = FileOutbox.open(folder.resolve(owner.hex() + ".jsonl"))) {
      boolean isKnown = outbox.find(client.hub().chainId(), owner, action).isPresent();
      var address = client.create(outbox, action, call);
      requireCode(address);
      return new Created(address, !isKnown);
    }
  }

  private void requireCode(Address group) {
    if (!client.view().isGroup(group)) {
      throw new RucheException(
          "GROUP_UNKNOWN",
          "the group that was created at %s is not there.".formatted(group.checksummed()),
          "If the chain was reset, move %s away and try again."
              .formatted(session.home().groups(client.hub().chainId())),
          false);
    }
  }
}
