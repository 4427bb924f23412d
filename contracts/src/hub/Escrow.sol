// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IHubDeposits} from "../interfaces/IHubDeposits.sol";
import {HubStorage} from "./HubStorage.sol";

/// @title The four moves of money in the hub
/// @notice Invariants: the hub's own stake is the sum of all locks; the sum of all stakes is the total
/// supply; tokens held >= total supply.
abstract contract Escrow is HubStorage {
    using SafeCast for uint256;

    /// @dev Binds free deposit to a deal or a contribution.
    function _lock(address account, uint256 amount) internal {
        _move(account, address(this), amount);
        _accounts[account].locked += amount.toUint128();
        emit IHubDeposits.Lock(account, amount);
    }

    /// @dev Gives back what was locked.
    function _unlock(address account, uint256 amount) internal {
        _accounts[account].locked -= amount.toUint128();
        _move(address(this), account, amount);
        emit IHubDeposits.Unlock(account, amount);
    }

    /// @dev Takes what was locked; whoever calls this rewards the same amount to others.
    function _seize(address account, uint256 amount, bytes32 ref) internal {
        _accounts[account].locked -= amount.toUint128();
        emit IHubDeposits.Seize(account, amount, ref);
    }

    /// @dev Pays out of what was seized.
    function _reward(address account, uint256 amount, bytes32 ref) internal {
        _move(address(this), account, amount);
        emit IHubDeposits.Reward(account, amount, ref);
    }

    /// @dev Pays out of what was seized and locks it at once.
    function _rewardAndLock(address account, uint256 amount, bytes32 ref) internal {
        _accounts[account].locked += amount.toUint128();
        emit IHubDeposits.Reward(account, amount, ref);
        emit IHubDeposits.Lock(account, amount);
    }

    /// @dev Moves free deposit.
    function _move(address from, address to, uint256 amount) internal {
        uint256 stake = _accounts[from].stake;
        if (amount > stake) revert IHubDeposits.StakeTooLow(from, stake, amount);
        // No overflow: amount <= stake, and no stake exceeds the total supply, a uint128.
        unchecked {
            _accounts[from].stake = uint128(stake - amount);
            _accounts[to].stake += uint128(amount);
        }
        emit IHubDeposits.Transfer(from, to, amount);
    }
}
