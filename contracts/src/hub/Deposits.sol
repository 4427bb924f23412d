// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Account} from "../interfaces/HubTypes.sol";
import {IHubDeposits} from "../interfaces/IHubDeposits.sol";
import {ITokenSpender} from "../interfaces/ITokenSpender.sol";
import {Categories} from "./Categories.sol";
import {Escrow} from "./Escrow.sol";

/// @title Withdrawals and the ERC-20 face of the escrow, whatever deposits are made of
abstract contract Deposits is IHubDeposits, Escrow, Categories, ReentrancyGuardTransient {
    /// @inheritdoc IHubDeposits
    function withdraw(uint256 amount) external returns (bool) {
        _withdraw(amount, msg.sender);
        return true;
    }

    /// @inheritdoc IHubDeposits
    function withdrawTo(uint256 amount, address target) external returns (bool) {
        _withdraw(amount, target);
        return true;
    }

    /// @inheritdoc IHubDeposits
    function recover() external onlyOwner nonReentrant returns (uint256 excess) {
        excess = _held() - _totalSupply;
        _mint(_owner, excess);
    }

    /// @inheritdoc IHubDeposits
    function transfer(address to, uint256 value) external returns (bool) {
        _transfer(msg.sender, to, value);
        return true;
    }

    /// @inheritdoc IHubDeposits
    function approve(address spender, uint256 value) external returns (bool) {
        _approve(msg.sender, spender, value);
        return true;
    }

    /// @inheritdoc IHubDeposits
    function transferFrom(address from, address to, uint256 value) external returns (bool) {
        uint256 allowed = _allowances[from][msg.sender];
        if (allowed < value) revert AllowanceTooLow(from, msg.sender, allowed, value);
        _approve(from, msg.sender, allowed - value);
        _transfer(from, to, value);
        return true;
    }

    /// @inheritdoc IHubDeposits
    function increaseAllowance(address spender, uint256 value) external returns (bool) {
        _approve(msg.sender, spender, _allowances[msg.sender][spender] + value);
        return true;
    }

    /// @inheritdoc IHubDeposits
    function decreaseAllowance(address spender, uint256 value) external returns (bool) {
        uint256 allowed = _allowances[msg.sender][spender];
        if (allowed < value) revert AllowanceTooLow(msg.sender, spender, allowed, value);
        _approve(msg.sender, spender, allowed - value);
        return true;
    }

    /// @inheritdoc IHubDeposits
    function approveAndCall(address spender, uint256 value, bytes calldata data)
        external
        returns (bool)
    {
        _approve(msg.sender, spender, value);
        if (!ITokenSpender(spender).receiveApproval(msg.sender, value, address(this), data)) {
            revert BadRecipient(spender);
        }
        return true;
    }

    /// @inheritdoc IHubDeposits
    function name() external pure returns (string memory) {
        return "Staked RUC";
    }

    /// @inheritdoc IHubDeposits
    function symbol() external pure returns (string memory) {
        return "SRUC";
    }

    /// @inheritdoc IHubDeposits
    function decimals() external pure returns (uint8) {
        return 9;
    }

    /// @inheritdoc IHubDeposits
    function totalSupply() external view returns (uint256) {
        return _totalSupply;
    }

    /// @inheritdoc IHubDeposits
    function balanceOf(address account) external view returns (uint256) {
        return _accounts[account].stake;
    }

    /// @inheritdoc IHubDeposits
    function frozenOf(address account) external view returns (uint256) {
        return _accounts[account].locked;
    }

    /// @inheritdoc IHubDeposits
    function allowance(address account, address spender) external view returns (uint256) {
        return _allowances[account][spender];
    }

    /// @inheritdoc IHubDeposits
    function viewAccount(address account) external view returns (Account memory) {
        return Account(_accounts[account].stake, _accounts[account].locked);
    }

    /// @inheritdoc IHubDeposits
    function token() external view returns (address) {
        return address(TOKEN);
    }

    /// @dev What the hub holds, in units of the books.
    function _held() internal view virtual returns (uint256);

    /// @dev Hands out what was taken off the books before.
    function _pay(address target, uint256 amount) internal virtual;

    function _mint(address target, uint256 amount) internal {
        _requireRecipient(target);
        uint256 supply = _totalSupply + amount;
        if (supply > type(uint128).max) revert AmountTooWide(supply, type(uint128).max);
        _totalSupply = supply;
        _accounts[target].stake += uint128(amount);
        emit Transfer(address(0), target, amount);
    }

    function _withdraw(uint256 amount, address target) private {
        _requireRecipient(target);
        uint256 stake = _accounts[msg.sender].stake;
        if (amount > stake) revert StakeTooLow(msg.sender, stake, amount);
        _accounts[msg.sender].stake = uint128(stake - amount);
        _totalSupply -= amount;
        emit Transfer(msg.sender, address(0), amount);
        _pay(target, amount);
    }

    function _transfer(address from, address to, uint256 value) private {
        _requireRecipient(to);
        _move(from, to, value);
    }

    function _approve(address account, address spender, uint256 value) private {
        if (spender == address(0)) revert BadRecipient(spender);
        _allowances[account][spender] = value;
        emit Approval(account, spender, value);
    }

    /// @dev The hub's own stake is the sum of all locks and nothing else.
    function _requireRecipient(address target) private view {
        if (target == address(0) || target == address(this)) revert BadRecipient(target);
    }
}
