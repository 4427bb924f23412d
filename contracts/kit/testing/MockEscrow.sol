// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {Account} from "../interfaces/HubTypes.sol";
import {IGrid} from "../IGrid.sol";
import {MockToken} from "./MockToken.sol";

/// @title The deposits of a `MockGrid`, in its own token
abstract contract MockEscrow is IGrid {
    MockToken public immutable TOKEN = new MockToken();

    mapping(address account => Account) private _accounts;

    error StakeTooLow(address account, uint256 stake, uint256 required);

    function deposit(uint256 amount) external returns (bool) {
        TOKEN.transferFrom(msg.sender, address(this), amount);
        _accounts[msg.sender].stake += amount;
        return true;
    }

    /// @dev This grid has a token.
    function deposit() external payable returns (bool) {
        revert("fallback-disabled");
    }

    /// @notice A deposit out of nothing.
    function mint(address account, uint256 amount) external {
        TOKEN.mint(address(this), amount);
        _accounts[account].stake += amount;
    }

    function withdrawTo(uint256 amount, address target) external returns (bool) {
        _take(msg.sender, amount);
        return TOKEN.transfer(target, amount);
    }

    function token() external view returns (address) {
        return address(TOKEN);
    }

    function viewAccount(address account) external view returns (Account memory) {
        return _accounts[account];
    }

    function _lock(address account, uint256 amount) internal {
        _take(account, amount);
        _accounts[account].locked += amount;
    }

    /// @dev Out of what is locked.
    function _pay(address account, uint256 amount, address target) internal {
        _accounts[account].locked -= amount;
        _accounts[target].stake += amount;
    }

    function _take(address account, uint256 amount) private {
        uint256 stake = _accounts[account].stake;
        if (stake < amount) revert StakeTooLow(account, stake, amount);
        _accounts[account].stake = stake - amount;
    }
}
