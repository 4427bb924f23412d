// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {
    AppOrder,
    DatasetOrder,
    DealId,
    OrderOperation,
    RequestOrder,
    RequestOrderOperation,
    TaskId,
    TaskStatus,
    WorkerpoolOrder
} from "./interfaces/HubTypes.sol";
import {IOracleConsumer} from "./interfaces/ICallbacks.sol";
import {Categories} from "./Categories.sol";
import {Failure, FailureCode, Failures, UnexpectedAnswer} from "./Failures.sol";
import {GridEscrow} from "./GridEscrow.sol";
import {IGridCaller} from "./IGridCaller.sol";
import {Requests} from "./Requests.sol";

/// @title A contract that calls functions which are too dear, or whose data are too large, for the
/// chain
/// @notice Inherit, call `_call`, and override `_onResult` and `_onFailure`; exactly one of them is
/// called for every call, once. The contract pays out of its deposit on the hub: see `_deposit`.
///
/// A call's state: none -> open (`_call`) -> ended (answer or failure). What ended is forgotten, so
/// a second answer, or an answer after a failure, meets no call and is refused.
abstract contract GridCaller is GridEscrow {
    /// @notice What a call offers, within its budget.
    struct Terms {
        /// @notice The most that the app may cost. The pool may cost what the budget has beside
        /// this and the bounty, so the price never exceeds the budget.
        uint256 appMaxPrice;
        /// @notice For whoever ends the call when it is stuck; part of the budget, and released
        /// when the call ends by itself.
        uint256 bounty;
        /// @notice How sure the answer must be: 1 is one worker's word.
        uint256 trust;
        bytes32 tag;
        /// @notice The only pool that may take the call, or a group of pools; zero: any. A pool and
        /// its workers together can certify a lie, so where money hangs on the answer name whom you
        /// trust.
        address workerpool;
    }

    struct Call {
        bool isOpen;
        uint40 matchUntil;
        uint96 budget;
        uint96 bounty;
        DealId dealid;
    }

    /// @dev As hex they still fit the record of a deal.
    uint256 private constant MAX_ARGUMENT_BYTES = 11_000;
    /// @dev Share of the budget that is the bounty unless the contract says otherwise.
    uint256 private constant BOUNTY_DIVISOR = 20;

    /// @dev See `Categories.read`.
    uint256 private immutable TIMEREFS;

    uint128 private _countOfCalls;
    mapping(bytes32 id => Call) private _calls;

    constructor(address hub_) GridEscrow(hub_) {
        TIMEREFS = Categories.read(GRID);
    }

    /// @inheritdoc IOracleConsumer
    function receiveResult(bytes32 id, bytes calldata result) external {
        if (msg.sender != address(GRID)) revert CallerNotHub(msg.sender, address(GRID));
        _end(id);
        _deliver(id, result);
    }

    /// @inheritdoc IGridCaller
    function poke(bytes32 id) external {
        Call memory ended = _end(id);
        TaskStatus status = GRID.viewTask(TaskId.wrap(id)).status;
        if (status == TaskStatus.COMPLETED) {
            _deliver(id, GRID.resultFor(id));
        } else {
            _claim(id, ended, status);
            _fail(id, Failure(FailureCode.DEADLINE_MISSED, "DEADLINE_MISSED"));
        }
        _payBounty(id, ended.bounty);
    }

    /// @inheritdoc IGridCaller
    function pokeUnmatched(RequestOrder calldata order) external {
        (,, bytes32 id) = Requests.idsOf(order, GRID.eip712domain_separator());
        Call memory ended = _end(id);
        if (_isMatched(ended.dealid)) revert CallMatched(id);
        if (block.timestamp <= ended.matchUntil) {
            revert TooEarlyToClose(id, ended.matchUntil, block.timestamp);
        }
        GRID.manageRequestOrder(RequestOrderOperation(order, OrderOperation.CLOSE, ""));
        _fail(id, Failure(FailureCode.UNMATCHED, "UNMATCHED"));
        _payBounty(id, ended.bounty);
    }

    /// @notice For the contract itself: so that an answer of another type than the call's is
    /// caught.
    function takeAnswer(bytes32 id, bytes calldata answer) external {
        if (msg.sender != address(this)) revert CallerNotSelf(msg.sender);
        _onResult(id, answer);
    }

    /// @inheritdoc IGridCaller
    function hub() external view returns (address) {
        return address(GRID);
    }

    /// @inheritdoc IGridCaller
    function viewCall(bytes32 id) external view returns (bool, uint256, uint256) {
        Call storage call = _calls[id];
        return (call.isOpen, call.bounty, call.matchUntil);
    }

    /// @notice Calls the app and leaves the call open for any pool that the terms allow.
    /// @dev The longest category that ends before the deadline, and leaves pools half a minute to
    /// take the call, is asked for. After `deadline - 10 * its reference time` anyone may close the
    /// order (`pokeUnmatched`); a pool that takes it later, before somebody did, may answer that
    /// much later.
    /// @param args what the app's stub makes of function and arguments
    /// @param budget the most that app, pool and bounty may cost together, in units of the hub's
    /// books
    /// @param deadline second by which the call is to be answered or refunded
    /// @return id given to `_onResult` or `_onFailure`; the task's id, known before the match
    function _call(address app, bytes memory args, uint256 budget, uint256 deadline)
        internal
        returns (bytes32 id)
    {
        (uint256 category, uint256 finalSeconds) = Categories.longestBy(TIMEREFS, deadline);
        RequestOrder memory order = _order(app, args, budget, category);
        id = _place(order, budget, deadline, finalSeconds);
        GRID.broadcastRequestOrder(order);
    }

    /// @notice Calls the app and matches the call at once with two offers.
    /// @dev Whoever hands the offers in chooses the pool, unless the terms name one. Reverts with
    /// the hub's error when the offers do not fit the terms; the prices they ask are what is paid.
    function _call(
        address app,
        bytes memory args,
        uint256 budget,
        uint256 deadline,
        AppOrder calldata appOffer,
        WorkerpoolOrder calldata poolOffer
    ) internal returns (bytes32 id) {
        uint256 finalSeconds = Categories.requireEndsBy(GRID, poolOffer.category, deadline);
        RequestOrder memory order = _order(app, args, budget, poolOffer.category);
        id = _place(order, budget, deadline, finalSeconds);
        DatasetOrder memory noDataset;
        GRID.matchOrders(appOffer, noDataset, poolOffer, order);
    }

    /// @notice The answer to a call. Gas is limited when the hub calls; when this reverts, anyone
    /// can deliver the answer later with as much gas as it takes (`poke`).
    /// @dev `msg.sender` is this contract.
    function _onResult(bytes32 id, bytes memory answer) internal virtual;

    /// @notice A call that gets no answer. Should not revert: the call stays open as long as it
    /// does.
    function _onFailure(bytes32 id, Failure memory reason) internal virtual;

    /// @notice What a call offers. Override to name the app's price, a trust, a pool.
    /// @dev Unless overridden: a twentieth of the budget is the bounty, half of the rest is for the
    /// app, one worker is enough, and any pool may take the call.
    function _terms(address, uint256 budget) internal view virtual returns (Terms memory terms) {
        terms.bounty = budget / BOUNTY_DIVISOR;
        terms.appMaxPrice = (budget - terms.bounty) / 2;
        terms.trust = 1;
    }

    /// @notice Ends a call whose result is there, but that this contract can never take: neither
    /// `_onResult` nor `_onFailure` is called, and what the price left of the budget is free again.
    function _abandon(bytes32 id) internal {
        TaskStatus status = GRID.viewTask(TaskId.wrap(id)).status;
        if (status != TaskStatus.COMPLETED) revert CallHasNoResult(id, status);
        _end(id);
    }

    function _order(address app, bytes memory args, uint256 budget, uint256 category)
        private
        returns (RequestOrder memory order)
    {
        if (args.length > MAX_ARGUMENT_BYTES) {
            revert ArgumentsTooLong(args.length, MAX_ARGUMENT_BYTES);
        }
        Terms memory terms = _terms(app, budget);
        uint256 required = terms.appMaxPrice + terms.bounty;
        if (required > budget) revert BudgetTooLow(budget, required);
        order.app = app;
        order.appmaxprice = terms.appMaxPrice;
        order.workerpool = terms.workerpool;
        order.workerpoolmaxprice = budget - required;
        order.requester = address(this);
        order.volume = 1;
        order.tag = terms.tag;
        order.category = category;
        order.trust = terms.trust;
        order.beneficiary = address(this);
        order.callback = address(this);
        order.params = Requests.paramsOf(args);
        order.salt = bytes32(uint256(++_countOfCalls));
    }

    /// @dev Books the call before the hub hears of it.
    function _place(
        RequestOrder memory order,
        uint256 budget,
        uint256 deadline,
        uint256 finalSeconds
    ) private returns (bytes32 id) {
        if (budget > type(uint96).max) {
            revert BudgetTooWide(budget, type(uint96).max);
        }
        _reserve(budget);
        DealId dealid;
        (, dealid, id) = Requests.idsOf(order, GRID.eip712domain_separator());
        uint256 matchUntil = deadline - finalSeconds;
        if (matchUntil > type(uint40).max) matchUntil = type(uint40).max;
        uint256 bounty = budget - order.appmaxprice - order.workerpoolmaxprice;
        // No cast cuts: the three are bounded above.
        _calls[id] = Call(true, uint40(matchUntil), uint96(budget), uint96(bounty), dealid);
        emit CallPlaced(id, order.app, budget, deadline);
        GRID.manageRequestOrder(RequestOrderOperation(order, OrderOperation.SIGN, ""));
    }

    /// @dev First of all that ends a call, so nothing that is called later can end it again.
    function _end(bytes32 id) private returns (Call memory ended) {
        ended = _calls[id];
        if (!ended.isOpen) revert CallNotOpen(id);
        delete _calls[id];
        _release(ended.budget);
    }

    /// @dev Answer or failure, whatever the bytes are.
    function _deliver(bytes32 id, bytes memory result) private {
        if (!Failures.isAnswer(result)) return _fail(id, Failures.decode(result));
        (bool success, bytes memory reason) =
            address(this).call(abi.encodeCall(this.takeAnswer, (id, result)));
        if (success) {
            emit CallAnswered(id);
        } else if (bytes4(reason) == UnexpectedAnswer.selector) {
            _fail(id, Failure(FailureCode.INVALID_OUTPUT, "INVALID_OUTPUT"));
        } else {
            assembly ("memory-safe") {
                revert(add(reason, 0x20), mload(reason))
            }
        }
    }

    function _fail(bytes32 id, Failure memory reason) private {
        emit CallFailed(id, reason.code, reason.detail);
        _onFailure(id, reason);
    }

    /// @dev Reverts with the hub's error before the final deadline.
    function _claim(bytes32 id, Call memory call, TaskStatus status) private {
        if (status == TaskStatus.FAILED) return;
        if (status != TaskStatus.UNSET) return GRID.claim(TaskId.wrap(id));
        if (!_isMatched(call.dealid)) revert CallNotMatched(id, call.matchUntil);
        DealId[] memory deals = new DealId[](1);
        deals[0] = call.dealid;
        GRID.initializeAndClaimArray(deals, new uint256[](1));
    }

    /// @dev Last of all, because whoever is paid may call back.
    function _payBounty(bytes32 id, uint256 bounty) private {
        emit BountyPaid(id, msg.sender, bounty);
        if (bounty > 0) GRID.withdrawTo(bounty, msg.sender);
    }

    function _isMatched(DealId dealid) private view returns (bool) {
        return GRID.viewDeal(dealid).botSize > 0;
    }
}
