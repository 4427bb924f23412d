// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {
    AppOrder,
    Category,
    DatasetOrder,
    Deal,
    DealId,
    OrderOperation,
    RequestOrder,
    RequestOrderOperation,
    Task,
    TaskId,
    TaskStatus,
    WorkerpoolOrder
} from "../interfaces/HubTypes.sol";
import {IOracleConsumer} from "../interfaces/ICallbacks.sol";
import {Requests} from "../Requests.sol";
import {CallParams} from "./CallParams.sol";
import {MockEscrow} from "./MockEscrow.sol";

/// @title The part of a hub that a calling contract meets, and a pool that does as it is told
/// @notice Money, order and deadline rules are those of a hub; offers need no signature, and
/// answers no vote. For tests of dapps: `take` an open call, `finish` it, or let time pass and poke
/// the dapp.
contract MockGrid is MockEscrow {
    struct Order {
        address presigner;
        bool isConsumed;
    }

    struct MockDeal {
        RequestOrder request;
        uint256 price;
        uint256 startTime;
        uint256 timeref;
        TaskStatus status;
        bytes resultsCallback;
    }

    uint256 private constant FINAL_DEADLINE_RATIO = 10;
    uint256 private constant CALLBACK_GAS = 200_000;
    /// @dev Who is paid for answers; there is only one pool and one app.
    address public constant PAYEE = address(0x9a1d);

    Category[] private _categories;
    mapping(bytes32 hash => Order) private _orders;
    mapping(DealId => MockDeal) private _deals;
    mapping(bytes32 taskid => DealId) private _dealOf;
    mapping(bytes32 taskid => RequestOrder) private _open;
    bytes32[] private _ids;

    event BroadcastRequestOrder(RequestOrder requestorder);
    event ClosedRequestOrder(bytes32 requestHash);
    event TaskFinalize(TaskId indexed taskid, bytes results);
    event CallbackFailed(TaskId indexed taskid, bytes reason);

    error TooEarly(TaskId taskid, uint256 deadline, uint256 timestamp);
    error TaskNotOpen(TaskId taskid, TaskStatus status);
    error UnknownCall(bytes32 id);

    constructor() {
        addCategory(300);
        addCategory(1200);
        addCategory(3600);
        addCategory(10_800);
        addCategory(36_000);
    }

    // What a test does with it.

    function addCategory(uint256 workClockTimeRef) public {
        _categories.push(Category("", "", workClockTimeRef));
    }

    /// @notice The calls that nobody has answered or closed, oldest first.
    function waiting() external view returns (bytes32[] memory ids) {
        ids = new bytes32[](_ids.length);
        uint256 count = 0;
        for (uint256 i = 0; i < _ids.length; ++i) {
            if (_isWaiting(_ids[i])) ids[count++] = _ids[i];
        }
        assembly ("memory-safe") {
            mstore(ids, count)
        }
    }

    /// @notice The order of an open call, as the log shows it; for `pokeUnmatched`.
    function orderOf(bytes32 id) public view returns (RequestOrder memory order) {
        order = _isMatched(id) ? _deals[_dealOf[id]].request : _open[id];
        if (order.requester == address(0)) revert UnknownCall(id);
    }

    /// @notice Whether no pool has taken the call.
    function isOpen(bytes32 id) external view returns (bool) {
        return !_isMatched(id) && _isWaiting(id);
    }

    /// @notice What the app is run with: selector and arguments.
    function argumentsOf(bytes32 id) external view returns (bytes memory) {
        return CallParams.argumentsOf(orderOf(id).params);
    }

    /// @notice The pool takes an open call for a price.
    function take(bytes32 id, uint256 appPrice, uint256 poolPrice) external {
        AppOrder memory appOffer;
        DatasetOrder memory noDataset;
        WorkerpoolOrder memory poolOffer;
        RequestOrder memory order = orderOf(id);
        appOffer.app = order.app;
        (appOffer.appprice, poolOffer.workerpoolprice) = (appPrice, poolPrice);
        poolOffer.workerpool = order.workerpool;
        (poolOffer.category, poolOffer.trust) = (order.category, order.trust);
        _match(appOffer, noDataset, poolOffer, order);
    }

    /// @notice The pool certifies an answer, or a failure, and calls the contract back; as with a
    /// hub, a callback that reverts or wants too much gas does not undo that.
    function finish(bytes32 id, bytes calldata callbackData) external {
        MockDeal storage deal = _deals[_dealOf[id]];
        if (!_isMatched(id)) revert UnknownCall(id);
        if (deal.status == TaskStatus.COMPLETED || deal.status == TaskStatus.FAILED) {
            revert TaskNotOpen(TaskId.wrap(id), deal.status);
        }
        deal.status = TaskStatus.COMPLETED;
        deal.resultsCallback = callbackData;
        _pay(deal.request.requester, deal.price, PAYEE);
        emit TaskFinalize(TaskId.wrap(id), "");
        bytes memory call = abi.encodeCall(IOracleConsumer.receiveResult, (id, callbackData));
        (bool success, bytes memory reason) = deal.request.callback.call{gas: CALLBACK_GAS}(call);
        if (!success) emit CallbackFailed(TaskId.wrap(id), reason);
    }

    // What a hub does.

    function matchOrders(
        AppOrder calldata apporder,
        DatasetOrder calldata datasetorder,
        WorkerpoolOrder calldata workerpoolorder,
        RequestOrder calldata requestorder
    ) external returns (DealId) {
        return _match(apporder, datasetorder, workerpoolorder, requestorder);
    }

    function manageRequestOrder(RequestOrderOperation calldata operation) external {
        (bytes32 hash,,) = Requests.idsOf(operation.order, eip712domain_separator());
        require(msg.sender == operation.order.requester, "invalid-sender-or-signature");
        if (operation.operation == OrderOperation.SIGN) {
            _orders[hash].presigner = msg.sender;
        } else {
            _orders[hash].isConsumed = true;
            emit ClosedRequestOrder(hash);
        }
    }

    function broadcastRequestOrder(RequestOrder calldata requestorder) external {
        (,, bytes32 id) = Requests.idsOf(requestorder, eip712domain_separator());
        _open[id] = requestorder;
        _ids.push(id);
        emit BroadcastRequestOrder(requestorder);
    }

    function claim(TaskId taskid) public {
        bytes32 id = TaskId.unwrap(taskid);
        MockDeal storage deal = _deals[_dealOf[id]];
        if (!_isMatched(id) || deal.status > TaskStatus.REVEALING) {
            revert TaskNotOpen(taskid, deal.status);
        }
        uint256 deadline = deal.startTime + FINAL_DEADLINE_RATIO * deal.timeref;
        if (block.timestamp < deadline) revert TooEarly(taskid, deadline, block.timestamp);
        deal.status = TaskStatus.FAILED;
        _pay(deal.request.requester, deal.price, deal.request.requester);
    }

    function initializeAndClaimArray(DealId[] calldata dealid, uint256[] calldata idx)
        external
        returns (bool)
    {
        for (uint256 i = 0; i < dealid.length; ++i) {
            claim(TaskId.wrap(keccak256(abi.encode(dealid[i], idx[i]))));
        }
        return true;
    }

    function resultFor(bytes32 id) external view returns (bytes memory) {
        MockDeal storage deal = _deals[_dealOf[id]];
        require(deal.status == TaskStatus.COMPLETED, "task-pending");
        return deal.resultsCallback;
    }

    function viewTask(TaskId taskid) external view returns (Task memory task) {
        MockDeal storage deal = _deals[_dealOf[TaskId.unwrap(taskid)]];
        task.status = deal.status;
        task.resultsCallback = deal.resultsCallback;
    }

    function viewDeal(DealId dealid) external view returns (Deal memory deal) {
        MockDeal storage stored = _deals[dealid];
        if (stored.startTime == 0) return deal;
        deal.requester = stored.request.requester;
        deal.callback = stored.request.callback;
        deal.params = stored.request.params;
        deal.category = stored.request.category;
        deal.startTime = stored.startTime;
        deal.botSize = 1;
    }

    function viewCategory(uint256 catid) external view returns (Category memory) {
        return _categories[catid];
    }

    function countCategory() external view returns (uint256) {
        return _categories.length;
    }

    function eip712domain_separator() public view returns (bytes32) {
        return keccak256(abi.encode("MockGrid", block.chainid, address(this)));
    }

    function _match(
        AppOrder memory app,
        DatasetOrder memory dataset,
        WorkerpoolOrder memory pool,
        RequestOrder memory request
    ) private returns (DealId dealid) {
        _checkTerms(app, dataset, pool, request);
        bytes32 hash;
        bytes32 id;
        (hash, dealid, id) = Requests.idsOf(request, eip712domain_separator());
        require(_orders[hash].presigner == request.requester, "iExecV5-matchOrders-0x50");
        require(!_orders[hash].isConsumed, "iExecV5-matchOrders-0x60");
        _orders[hash].isConsumed = true;
        MockDeal storage deal = _deals[dealid];
        deal.request = request;
        deal.price = app.appprice + pool.workerpoolprice;
        deal.startTime = block.timestamp;
        deal.timeref = _categories[request.category].workClockTimeRef;
        _lock(request.requester, deal.price);
        _dealOf[id] = dealid;
        if (_open[id].requester == address(0)) _ids.push(id);
    }

    function _checkTerms(
        AppOrder memory app,
        DatasetOrder memory dataset,
        WorkerpoolOrder memory pool,
        RequestOrder memory request
    ) private pure {
        require(request.category == pool.category, "iExecV5-matchOrders-0x00");
        require(request.trust <= pool.trust, "iExecV5-matchOrders-0x02");
        require(request.appmaxprice >= app.appprice, "iExecV5-matchOrders-0x03");
        require(request.workerpoolmaxprice >= pool.workerpoolprice, "iExecV5-matchOrders-0x05");
        require(request.app == app.app, "iExecV5-matchOrders-0x10");
        require(request.dataset == dataset.dataset, "iExecV5-matchOrders-0x11");
        // A group is not asked: this grid has one pool, which is in every group.
        address wanted = request.workerpool;
        require(wanted == address(0) || wanted == pool.workerpool, "iExecV5-matchOrders-0x12");
    }

    function _isMatched(bytes32 id) private view returns (bool) {
        return _deals[_dealOf[id]].startTime != 0;
    }

    function _isWaiting(bytes32 id) private view returns (bool) {
        if (_isMatched(id)) return _deals[_dealOf[id]].status == TaskStatus.UNSET;
        if (_open[id].requester == address(0)) return false;
        (bytes32 hash,,) = Requests.idsOf(_open[id], eip712domain_separator());
        return !_orders[hash].isConsumed;
    }
}
