// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {Account} from "./interfaces/HubTypes.sol";
import {IGrid, IGridToken} from "./IGrid.sol";
import {IGridCaller} from "./IGridCaller.sol";

/// @title The deposit on the hub that a calling contract pays from
/// @notice Invariant: free deposit + what running tasks lock >= budgets of open calls, less the
/// prices of results that were paid and are not delivered yet. Do not call the hub's `withdraw`,
/// `transfer` or `approve` past these functions.
abstract contract GridEscrow is IGridCaller {
    uint256 private constant WEI_PER_UNIT = 1e9;

    IGrid internal immutable GRID;

    /// @dev Sum of the budgets of open calls. Shares its slot with the first of the inheriting
    /// contract.
    uint128 private _reserved;

    constructor(address hub_) {
        GRID = IGrid(hub_);
    }

    /// @notice Moves tokens of `payer`, who has approved them, to this contract's deposit.
    function _depositFrom(address payer, uint256 amount) internal {
        address token = GRID.token();
        if (token == address(0) || !IGridToken(token).transferFrom(payer, address(this), amount)) {
            revert TokenRefused(token);
        }
        _deposit(amount);
    }

    /// @notice Moves tokens, or coin where the hub has no token, of this contract to its deposit.
    /// @param amount in units of the hub's books: the token's smallest, or 1e9 wei
    function _deposit(uint256 amount) internal {
        address token = GRID.token();
        if (token == address(0)) {
            GRID.deposit{value: amount * WEI_PER_UNIT}();
        } else {
            if (!IGridToken(token).approve(address(GRID), amount)) revert TokenRefused(token);
            GRID.deposit(amount);
        }
    }

    /// @notice Pays out of the deposit what no open call may need.
    function _withdraw(uint256 amount, address target) internal {
        _requireFunds(amount);
        GRID.withdrawTo(amount, target);
    }

    /// @notice The deposit, free or bound to running tasks, less the budgets of open calls.
    function _available() internal view returns (uint256) {
        Account memory account = GRID.viewAccount(address(this));
        uint256 total = account.stake + account.locked;
        return total > _reserved ? total - _reserved : 0;
    }

    /// @param budget less than 2^128: the caller has checked that it fits 96 bits
    function _reserve(uint256 budget) internal {
        _requireFunds(budget);
        _reserved += uint128(budget);
    }

    function _release(uint96 budget) internal {
        _reserved -= budget;
    }

    function _requireFunds(uint256 required) private view {
        uint256 available = _available();
        if (required > available) revert FundsTooLow(available, required);
    }
}
