package io.ruche.cli.contract;

import io.ruche.chain.Call;
import io.ruche.chain.abi.AbiDecoder;
import io.ruche.chain.abi.AbiEncoder;
import io.ruche.chain.abi.AbiEvent;
import io.ruche.chain.abi.AbiFunction;
import io.ruche.chain.dev.Artifacts;
import io.ruche.chain.hub.AbiOrders;
import io.ruche.chain.rpc.RawLog;
import io.ruche.chain.rpc.Receipt;
import io.ruche.core.Address;
import io.ruche.core.Hex;
import io.ruche.core.TokenAmount;
import io.ruche.sdk.Lot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The chess example's contract: games for stakes, judged by the grid. */
public final class ChessGame {
  private static final AbiFunction CREATE = AbiFunction.of("create(uint96,uint32)", "(uint256)");
  private static final AbiFunction JOIN = AbiFunction.of("join(uint256)");
  private static final AbiFunction MOVE = AbiFunction.of("move(uint256,uint16)");
  private static final AbiFunction JUDGE = AbiFunction.of("judge(uint256)", "(bytes32)");
  private static final AbiFunction JUDGE_WITH = AbiFunction.of(
      "judgeWith(uint256,%s,%s)".formatted(AbiOrders.APP_ORDER, AbiOrders.WORKERPOOL_ORDER),
      "(bytes32)");
  private static final AbiFunction WITHDRAW = AbiFunction.of("withdraw()");

  private static final AbiEvent CREATED =
      AbiEvent.of("GameCreated(uint256,address,uint96,uint32)", 2);
  private static final AbiEvent MOVED = AbiEvent.of("Moved(uint256,uint16,bytes32,uint16)", 1);
  private static final AbiEvent GOES_ON = AbiEvent.of("GameGoesOn(uint256,bytes32,uint16)", 1);
  private static final AbiEvent ENDED = AbiEvent.of("GameEnded(uint256,uint8,address)", 1);

  /** As the contract numbers them. */
  private static final List<Ending> ENDINGS = List.of(Ending.values());

  private final Address at;
  private final long creationGas;

  /**
   * How the grid is asked.
   *
   * @param workerpool the only one that may judge
   * @param budget the most that a judgement may cost
   */
  public record Judging(
      Address app,
      Address workerpool,
      long trust,
      TokenAmount budget,
      TokenAmount appMaxPrice,
      Duration within) {}

  /** How a game ended, in the contract's order. */
  public enum Ending {
    CANCELLED,
    MATE,
    STALEMATE,
    ILLEGAL_MOVE,
    TIME,
    RESIGNED,
    AGREED,
    UNDECIDED
  }

  /** A game that is over; the winner is zero when both got their stakes back. */
  public record Result(Ending ending, Address winner) {}

  /**
   * A position as the contract keeps it.
   *
   * @param board 64 hex digits, a1 first
   */
  public record Position(String board, int state) {}

  private ChessGame(Address at, long creationGas) {
    this.at = at;
    this.creationGas = creationGas;
  }

  public static ChessGame deploy(ContractUser owner, Artifacts artifacts, Judging judging) {
    var arguments = new AbiEncoder()
        .address(owner.hub().address())
        .address(judging.app())
        .address(judging.workerpool())
        .uint(judging.trust())
        .uint(judging.budget().nano())
        .uint(judging.appMaxPrice().nano())
        .uint(judging.within().toSeconds());
    var receipt = owner.deploy(artifacts, "ChessGame", arguments);
    return new ChessGame(ContractUser.created(receipt), receipt.gasUsed());
  }

  public Address address() {
    return at;
  }

  public long creationGas() {
    return creationGas;
  }

  public Call create(TokenAmount stake, Duration perMove) {
    return call(CREATE, new AbiEncoder().uint(stake.nano()).uint(perMove.toSeconds()));
  }

  /** The game that a transaction opened. */
  public long created(Receipt receipt) {
    var word = Hex.decode(find(receipt, CREATED).orElseThrow().topics().get(1));
    return AbiDecoder.of(word).cappedLong();
  }

  public Call join(long game) {
    return call(JOIN, new AbiEncoder().uint(game));
  }

  /** A move is from + 64 * to + 4096 * promotion. */
  public Call move(long game, int move) {
    return call(MOVE, new AbiEncoder().uint(game).uint(move));
  }

  /** The position after the move that a transaction played. */
  public Position moved(Receipt receipt) {
    var data = data(find(receipt, MOVED).orElseThrow());
    data.word();
    return new Position(Hex.encode(data.word()).substring(2), data.smallInt());
  }

  /** Has the last move judged by whichever pool takes the call. */
  public Call judge(long game) {
    return call(JUDGE, new AbiEncoder().uint(game));
  }

  /** Has the last move judged, matched at once with these offers. */
  public Call judgeWith(long game, Lot offers) {
    var arguments = new AbiEncoder()
        .uint(game)
        .tuple(AbiOrders.of(offers.app()))
        .tuple(AbiOrders.of(offers.workerpool()));
    return call(JUDGE_WITH, arguments);
  }

  /** How the game ended in this transaction; empty when it did not. */
  public Optional<Result> ended(Receipt receipt) {
    return find(receipt, ENDED).map(log -> {
      var data = data(log);
      return new Result(ENDINGS.get(data.smallInt()), data.address());
    });
  }

  /** Whether a judgement in this transaction let the game go on. */
  public boolean goesOn(Receipt receipt) {
    return find(receipt, GOES_ON).isPresent();
  }

  public Call withdraw() {
    return Call.of(at, WITHDRAW.encode());
  }

  private Call call(AbiFunction function, AbiEncoder arguments) {
    return Call.of(at, function.encode(arguments));
  }

  private Optional<RawLog> find(Receipt receipt, AbiEvent event) {
    return receipt.logs().stream()
        .filter(log -> log.address().equals(at) && log.topics().getFirst().equals(event.topic()))
        .findFirst();
  }

  private static AbiDecoder data(RawLog log) {
    return AbiDecoder.of(Hex.decode(log.data()));
  }
}
