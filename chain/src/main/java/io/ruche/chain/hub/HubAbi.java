package io.ruche.chain.hub;

import io.ruche.chain.abi.AbiEvent;
import io.ruche.chain.abi.AbiFunction;
import java.util.List;

/**
 * The functions and events that this module uses of the hub, its token and its registries. A test
 * compares each with the built contracts.
 */
final class HubAbi {
  private static final String APP_ORDER = AbiOrders.APP_ORDER;
  private static final String DATASET_ORDER = APP_ORDER;
  private static final String WORKERPOOL_ORDER = AbiOrders.WORKERPOOL_ORDER;
  private static final String REQUEST_ORDER =
      "(address,uint256,address,uint256,address,uint256,address,uint256,bytes32,uint256,uint256,"
          + "address,address,string,bytes32,bytes)";
  private static final String FOUR_ORDERS =
      "(" + APP_ORDER + "," + DATASET_ORDER + "," + WORKERPOOL_ORDER + "," + REQUEST_ORDER + ")";
  private static final String RESOURCE = "(address,address,uint256)";

  static final AbiFunction VIEW_DEAL = AbiFunction.of(
      "viewDeal(bytes32)",
      "((" + RESOURCE + "," + RESOURCE + "," + RESOURCE + ",uint256,uint256,bytes32,address,"
          + "address,address,string,uint256,uint256,uint256,uint256,uint256,address))");
  static final AbiFunction VIEW_TASK = AbiFunction.of(
      "viewTask(bytes32)",
      "((uint8,bytes32,uint256,uint256,uint256,uint256,uint256,bytes32,uint256,uint256,"
          + "address[],bytes32,bytes,uint256,bytes))");
  static final AbiFunction VIEW_CONTRIBUTION = AbiFunction.of(
      "viewContribution(bytes32,address)", "((uint8,bytes32,bytes32,address,uint256))");
  static final AbiFunction VIEW_ACCOUNT =
      AbiFunction.of("viewAccount(address)", "((uint256,uint256))");
  static final AbiFunction VIEW_SCORE = AbiFunction.of("viewScore(address)", "(uint256)");
  static final AbiFunction VIEW_CONSUMED = AbiFunction.of("viewConsumed(bytes32)", "(uint256)");
  static final AbiFunction VIEW_CATEGORY =
      AbiFunction.of("viewCategory(uint256)", "((string,string,uint256))");
  static final AbiFunction COUNT_CATEGORY = AbiFunction.of("countCategory()", "(uint256)");
  static final AbiFunction VIEW_APP =
      AbiFunction.of("viewApp(address)", "((address,string,string,bytes,bytes32,bytes))");
  static final AbiFunction VIEW_DATASET =
      AbiFunction.of("viewDataset(address)", "((address,string,bytes,bytes32))");
  static final AbiFunction VIEW_WORKERPOOL =
      AbiFunction.of("viewWorkerpool(address)", "((address,string,uint256,uint256))");
  static final AbiFunction TOKEN = AbiFunction.of("token()", "(address)");
  static final AbiFunction APP_REGISTRY = AbiFunction.of("appregistry()", "(address)");
  static final AbiFunction DATASET_REGISTRY = AbiFunction.of("datasetregistry()", "(address)");
  static final AbiFunction WORKERPOOL_REGISTRY =
      AbiFunction.of("workerpoolregistry()", "(address)");
  static final AbiFunction DOMAIN = AbiFunction.of("domain()", "((string,string,uint256,address))");
  static final AbiFunction KITTY_ADDRESS = AbiFunction.of("kitty_address()", "(address)");
  static final AbiFunction OWNER = AbiFunction.of("owner()", "(address)");

  static final AbiFunction DEPOSIT = AbiFunction.of("deposit(uint256)", "(bool)");
  static final AbiFunction DEPOSIT_FOR_ARRAY =
      AbiFunction.of("depositForArray(uint256[],address[])", "(bool)");
  static final AbiFunction WITHDRAW = AbiFunction.of("withdraw(uint256)", "(bool)");
  static final AbiFunction HUB_TRANSFER = AbiFunction.of("transfer(address,uint256)", "(bool)");
  static final AbiFunction MATCH_ORDERS = AbiFunction.of("matchOrders" + FOUR_ORDERS, "(bytes32)");
  static final AbiFunction SPONSOR_MATCH_ORDERS =
      AbiFunction.of("sponsorMatchOrders" + FOUR_ORDERS, "(bytes32)");
  static final AbiFunction INITIALIZE = AbiFunction.of("initialize(bytes32,uint256)", "(bytes32)");
  static final AbiFunction INITIALIZE_ARRAY =
      AbiFunction.of("initializeArray(bytes32[],uint256[])", "(bool)");
  static final AbiFunction CONTRIBUTE =
      AbiFunction.of("contribute(bytes32,bytes32,bytes32,address,bytes,bytes)");
  static final AbiFunction REVEAL = AbiFunction.of("reveal(bytes32,bytes32)");
  static final AbiFunction REOPEN = AbiFunction.of("reopen(bytes32)");
  static final AbiFunction FINALIZE = AbiFunction.of("finalize(bytes32,bytes,bytes)");
  static final AbiFunction CONTRIBUTE_AND_FINALIZE =
      AbiFunction.of("contributeAndFinalize(bytes32,bytes32,bytes,bytes,address,bytes,bytes)");
  static final AbiFunction CLAIM = AbiFunction.of("claim(bytes32)");
  static final AbiFunction CLAIM_ARRAY = AbiFunction.of("claimArray(bytes32[])", "(bool)");
  static final AbiFunction INITIALIZE_AND_CLAIM_ARRAY =
      AbiFunction.of("initializeAndClaimArray(bytes32[],uint256[])", "(bool)");
  static final AbiFunction MANAGE_APP_ORDER =
      AbiFunction.of("manageAppOrder((" + APP_ORDER + ",uint8,bytes))");
  static final AbiFunction MANAGE_DATASET_ORDER =
      AbiFunction.of("manageDatasetOrder((" + DATASET_ORDER + ",uint8,bytes))");
  static final AbiFunction MANAGE_WORKERPOOL_ORDER =
      AbiFunction.of("manageWorkerpoolOrder((" + WORKERPOOL_ORDER + ",uint8,bytes))");
  static final AbiFunction MANAGE_REQUEST_ORDER =
      AbiFunction.of("manageRequestOrder((" + REQUEST_ORDER + ",uint8,bytes))");
  static final AbiFunction BROADCAST_APP_ORDER =
      AbiFunction.of("broadcastAppOrder(" + APP_ORDER + ")");
  static final AbiFunction BROADCAST_DATASET_ORDER =
      AbiFunction.of("broadcastDatasetOrder(" + DATASET_ORDER + ")");
  static final AbiFunction BROADCAST_WORKERPOOL_ORDER =
      AbiFunction.of("broadcastWorkerpoolOrder(" + WORKERPOOL_ORDER + ")");
  static final AbiFunction BROADCAST_REQUEST_ORDER =
      AbiFunction.of("broadcastRequestOrder(" + REQUEST_ORDER + ")");
  static final AbiFunction VIEW_PRESIGNED = AbiFunction.of("viewPresigned(bytes32)", "(address)");
  static final AbiFunction VERIFY =
      AbiFunction.of("verifyPresignatureOrSignature(address,bytes32,bytes)", "(bool)");
  static final AbiFunction RETRY_CALLBACK = AbiFunction.of("retryCallback(bytes32)");
  static final AbiFunction CREATE_CATEGORY =
      AbiFunction.of("createCategory(string,string,uint256)", "(uint256)");

  static final AbiFunction TOKEN_BALANCE_OF = AbiFunction.of("balanceOf(address)", "(uint256)");
  static final AbiFunction TOKEN_APPROVE_AND_CALL =
      AbiFunction.of("approveAndCall(address,uint256,bytes)", "(bool)");
  static final AbiFunction TOKEN_TRANSFER = AbiFunction.of("transfer(address,uint256)", "(bool)");
  static final AbiFunction TOKEN_MINT = AbiFunction.of("mint(address,uint256)");

  private static final String APP_FIELDS = "(address,string,string,bytes,bytes32,bytes)";
  private static final String DATASET_FIELDS = "(address,string,bytes,bytes32)";
  static final AbiFunction CREATE_APP = AbiFunction.of("createApp" + APP_FIELDS, "(address)");
  static final AbiFunction PREDICT_APP = AbiFunction.of("predictApp" + APP_FIELDS, "(address)");
  static final AbiFunction CREATE_DATASET =
      AbiFunction.of("createDataset" + DATASET_FIELDS, "(address)");
  static final AbiFunction PREDICT_DATASET =
      AbiFunction.of("predictDataset" + DATASET_FIELDS, "(address)");
  static final AbiFunction CREATE_WORKERPOOL =
      AbiFunction.of("createWorkerpool(address,string)", "(address)");
  static final AbiFunction PREDICT_WORKERPOOL =
      AbiFunction.of("predictWorkerpool(address,string)", "(address)");
  static final AbiFunction IS_REGISTERED = AbiFunction.of("isRegistered(address)", "(bool)");
  static final AbiFunction TOTAL_SUPPLY = AbiFunction.of("totalSupply()", "(uint256)");
  static final AbiFunction TOKEN_BY_INDEX = AbiFunction.of("tokenByIndex(uint256)", "(uint256)");
  static final AbiFunction CHANGE_POLICY = AbiFunction.of("changePolicy(uint256,uint256)");

  static final AbiEvent SCHEDULER_NOTICE = AbiEvent.of("SchedulerNotice(address,bytes32)", 1);
  static final AbiEvent ORDERS_MATCHED =
      AbiEvent.of("OrdersMatched(bytes32,bytes32,bytes32,bytes32,bytes32,uint256)", 0);
  static final AbiEvent DEAL_SPONSORED = AbiEvent.of("DealSponsored(bytes32,address)", 0);
  static final AbiEvent TASK_INITIALIZE = AbiEvent.of("TaskInitialize(bytes32,address)", 2);
  static final AbiEvent TASK_CONTRIBUTE = AbiEvent.of("TaskContribute(bytes32,address,bytes32)", 2);
  static final AbiEvent TASK_CONSENSUS = AbiEvent.of("TaskConsensus(bytes32,bytes32)", 1);
  static final AbiEvent TASK_REVEAL = AbiEvent.of("TaskReveal(bytes32,address,bytes32)", 2);
  static final AbiEvent TASK_REOPEN = AbiEvent.of("TaskReopen(bytes32)", 1);
  static final AbiEvent TASK_FINALIZE = AbiEvent.of("TaskFinalize(bytes32,bytes)", 1);
  static final AbiEvent TASK_CLAIMED = AbiEvent.of("TaskClaimed(bytes32)", 1);
  static final AbiEvent ACCURATE_CONTRIBUTION =
      AbiEvent.of("AccurateContribution(address,bytes32)", 2);
  static final AbiEvent FAULTY_CONTRIBUTION = AbiEvent.of("FaultyContribution(address,bytes32)", 2);
  static final AbiEvent TRANSFER = AbiEvent.of("Transfer(address,address,uint256)", 2);
  static final AbiEvent LOCK = AbiEvent.of("Lock(address,uint256)", 0);
  static final AbiEvent UNLOCK = AbiEvent.of("Unlock(address,uint256)", 0);
  static final AbiEvent REWARD = AbiEvent.of("Reward(address,uint256,bytes32)", 0);
  static final AbiEvent SEIZE = AbiEvent.of("Seize(address,uint256,bytes32)", 0);
  static final AbiEvent REQUEST_BROADCAST = AbiEvent.of(
      "BroadcastRequestOrder((address,uint256,address,uint256,address,uint256,address,uint256,"
          + "bytes32,uint256,uint256,address,address,string,bytes32,bytes))",
      0);
  static final AbiEvent CREATED_CATEGORY =
      AbiEvent.of("CreateCategory(uint256,string,string,uint256)", 0);

  /** Functions of the hub itself; the rest belongs to the token, the registries and the pools. */
  static final List<AbiFunction> HUB_FUNCTIONS = List.of(
      VIEW_DEAL,
      VIEW_TASK,
      VIEW_CONTRIBUTION,
      VIEW_ACCOUNT,
      VIEW_SCORE,
      VIEW_CONSUMED,
      VIEW_CATEGORY,
      COUNT_CATEGORY,
      VIEW_APP,
      VIEW_DATASET,
      VIEW_WORKERPOOL,
      TOKEN,
      APP_REGISTRY,
      DATASET_REGISTRY,
      WORKERPOOL_REGISTRY,
      DOMAIN,
      KITTY_ADDRESS,
      OWNER,
      DEPOSIT,
      DEPOSIT_FOR_ARRAY,
      WITHDRAW,
      HUB_TRANSFER,
      MATCH_ORDERS,
      SPONSOR_MATCH_ORDERS,
      INITIALIZE,
      INITIALIZE_ARRAY,
      CONTRIBUTE,
      REVEAL,
      REOPEN,
      FINALIZE,
      CONTRIBUTE_AND_FINALIZE,
      CLAIM,
      CLAIM_ARRAY,
      INITIALIZE_AND_CLAIM_ARRAY,
      MANAGE_APP_ORDER,
      MANAGE_DATASET_ORDER,
      MANAGE_WORKERPOOL_ORDER,
      MANAGE_REQUEST_ORDER,
      BROADCAST_APP_ORDER,
      BROADCAST_DATASET_ORDER,
      BROADCAST_WORKERPOOL_ORDER,
      BROADCAST_REQUEST_ORDER,
      VIEW_PRESIGNED,
      VERIFY,
      RETRY_CALLBACK,
      CREATE_CATEGORY);

  static final List<AbiFunction> TOKEN_FUNCTIONS =
      List.of(TOKEN_BALANCE_OF, TOKEN_APPROVE_AND_CALL, TOKEN_TRANSFER, TOKEN_MINT);

  static final List<AbiEvent> HUB_EVENTS = List.of(
      SCHEDULER_NOTICE,
      ORDERS_MATCHED,
      DEAL_SPONSORED,
      TASK_INITIALIZE,
      TASK_CONTRIBUTE,
      TASK_CONSENSUS,
      TASK_REVEAL,
      TASK_REOPEN,
      TASK_FINALIZE,
      TASK_CLAIMED,
      ACCURATE_CONTRIBUTION,
      FAULTY_CONTRIBUTION,
      TRANSFER,
      LOCK,
      UNLOCK,
      REWARD,
      SEIZE,
      CREATED_CATEGORY,
      REQUEST_BROADCAST);

  private HubAbi() {}
}
