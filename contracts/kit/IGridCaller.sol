// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IOracleConsumer} from "./interfaces/ICallbacks.sol";
import {RequestOrder, TaskStatus} from "./interfaces/HubTypes.sol";

/// @title What everybody may see of a contract that calls the grid, and do for it
/// @notice A call is open from `_call` until it is answered or fails, exactly one of the two, once.
interface IGridCaller is IOracleConsumer {
    event CallPlaced(bytes32 indexed id, address indexed app, uint256 budget, uint256 deadline);
    event CallAnswered(bytes32 indexed id);
    event CallFailed(bytes32 indexed id, uint8 code, string detail);
    event BountyPaid(bytes32 indexed id, address indexed poker, uint256 bounty);

    error CallerNotHub(address caller, address hub);
    error CallerNotSelf(address caller);

    /// @notice Thrown for ids of no call, and of calls that have ended.
    error CallNotOpen(bytes32 id);

    /// @notice Thrown when no category's final deadline (10 times its reference time, counted from
    /// the match) is met by then. `earliest` is the first deadline that would be accepted.
    error DeadlineTooEarly(uint256 deadline, uint256 earliest);
    error BudgetTooWide(uint256 budget, uint256 max);

    /// @notice Thrown when the contract's deposit, less the budgets of its open calls, does not
    /// cover a call's budget or a withdrawal.
    error FundsTooLow(uint256 available, uint256 required);

    /// @notice Thrown when the terms give more to app and bounty than the budget has.
    error BudgetTooLow(uint256 budget, uint256 required);
    error ArgumentsTooLong(uint256 length, uint256 max);

    /// @notice Thrown by `poke` when the call waits for a pool: use `pokeUnmatched` after
    /// `matchUntil`.
    error CallNotMatched(bytes32 id, uint256 matchUntil);

    /// @notice Thrown by `pokeUnmatched` when a pool has the call: use `poke`.
    error CallMatched(bytes32 id);

    /// @notice Thrown while a pool may still take the call.
    error TooEarlyToClose(bytes32 id, uint256 matchUntil, uint256 timestamp);

    error CallHasNoResult(bytes32 id, TaskStatus status);
    error TokenRefused(address token);

    /// @notice Ends a call that a pool has taken and that is stuck, and pays the caller the bounty:
    /// the result of a callback that failed is delivered; a task past its final deadline is
    /// claimed, which refunds the price, and fails with DEADLINE_MISSED. Reverts when there is
    /// nothing to do.
    function poke(bytes32 id) external;

    /// @notice Ends a call that no pool has taken in time, and pays the caller the bounty: the
    /// order is closed and the call fails with UNMATCHED. Possible when a match could no longer
    /// meet the deadline, that is after the deadline less 10 times the category's reference time.
    /// @param order as the hub's `BroadcastRequestOrder` shows it
    function pokeUnmatched(RequestOrder calldata order) external;

    /// @notice The hub that the calls go to.
    function hub() external view returns (address);

    /// @return isOpen false for ids of no call, and of calls that have ended
    /// @return bounty what `poke` and `pokeUnmatched` pay, in the units of the hub's books
    /// @return matchUntil the last second in which a match meets the deadline
    function viewCall(bytes32 id)
        external
        view
        returns (bool isOpen, uint256 bounty, uint256 matchUntil);
}
