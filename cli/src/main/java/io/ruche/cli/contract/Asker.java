package io.ruche.cli.contract;

import io.ruche.chain.Call;
import io.ruche.chain.abi.AbiEncoder;
import io.ruche.chain.abi.AbiFunction;
import io.ruche.chain.dev.Artifacts;
import io.ruche.chain.hub.AbiOrders;
import io.ruche.core.Address;
import io.ruche.core.AppOrder;
import io.ruche.core.Hex;
import io.ruche.core.TaskId;
import io.ruche.core.TokenAmount;
import io.ruche.core.WorkerpoolOrder;
import java.time.Instant;

/** The kit's smallest example: a contract that asks one app and keeps what it hears. */
public final class Asker {
  private static final AbiFunction ASK = AbiFunction.of("ask(bytes,uint256,uint256)");
  private static final AbiFunction ASK_WITH = AbiFunction.of("askWith(bytes,uint256,uint256,%s,%s)"
      .formatted(AbiOrders.APP_ORDER, AbiOrders.WORKERPOOL_ORDER));
  private static final AbiFunction ANSWERS = AbiFunction.of("answers(bytes32)", "(bytes)");

  private final ContractUser owner;
  private final Address at;

  private Asker(ContractUser owner, Address at) {
    this.owner = owner;
    this.at = at;
  }

  /** Deploys it for one app, to be asked at this trust, and gives it a deposit in the hub. */
  public static Asker deploy(
      ContractUser owner, Artifacts artifacts, Address app, long trust, TokenAmount deposit) {
    var arguments = new AbiEncoder().address(owner.hub().address()).address(app).uint(trust);
    var at = ContractUser.created(owner.deploy(artifacts, "Asker", arguments));
    owner.run(owner.hub().calls().transferDeposit(at, deposit));
    return new Asker(owner, at);
  }

  public Address address() {
    return at;
  }

  /**
   * What is asked.
   *
   * @param args call data of a function of the app, in hex
   */
  public record Question(String args, TokenAmount budget, Instant deadline) {
    private AbiEncoder encode() {
      return new AbiEncoder()
          .bytes(Hex.decode(args))
          .uint(budget.nano())
          .uint(deadline.getEpochSecond());
    }
  }

  /** Leaves the call open for any pool. */
  public Call ask(Question question) {
    return Call.of(at, ASK.encode(question.encode()));
  }

  /** Has the call matched at once with these offers. */
  public Call askWith(Question question, AppOrder app, WorkerpoolOrder pool) {
    var arguments = question.encode().tuple(AbiOrders.of(app)).tuple(AbiOrders.of(pool));
    return Call.of(at, ASK_WITH.encode(arguments));
  }

  /** What was answered; no bytes as long as nothing was. */
  public byte[] answer(TaskId id) {
    var call = Call.of(at, ANSWERS.encode(new AbiEncoder().word(id.bytes())));
    return owner.read(call).bytes();
  }
}
