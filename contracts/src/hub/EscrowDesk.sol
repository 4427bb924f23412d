// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {SafeERC20, IERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Account, Deal, DealId} from "../interfaces/HubTypes.sol";
import {IHubEscrow} from "../interfaces/IHubEscrow.sol";
import {IHubMarket} from "../interfaces/IHubMarket.sol";
import {ITokenSpender} from "../interfaces/ITokenSpender.sol";
import {DealRecords} from "../libraries/DealRecords.sol";
import {Categories} from "./Categories.sol";
import {Escrow} from "./Escrow.sol";

/// @title Deposits, withdrawals and the ERC-20 face of the escrow
abstract contract EscrowDesk is IHubEscrow, Escrow, Categories, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    /// @inheritdoc IHubEscrow
    function deposit(uint256 amount) external returns (bool) {
        _deposit(msg.sender, amount, msg.sender);
        return true;
    }

    /// @inheritdoc IHubEscrow
    function depositFor(uint256 amount, address target) external returns (bool) {
        _deposit(msg.sender, amount, target);
        return true;
    }

    /// @inheritdoc IHubEscrow
    function depositForArray(uint256[] calldata amounts, address[] calldata targets)
        external
        returns (bool)
    {
        if (amounts.length != targets.length) {
            revert ArraysDiffer(amounts.length, targets.length);
        }
        for (uint256 i = 0; i < amounts.length; ++i) {
            _deposit(msg.sender, amounts[i], targets[i]);
        }
        return true;
    }

    /// @inheritdoc IHubEscrow
    function withdraw(uint256 amount) external returns (bool) {
        _withdraw(amount, msg.sender);
        return true;
    }

    /// @inheritdoc IHubEscrow
    function withdrawTo(uint256 amount, address target) external returns (bool) {
        _withdraw(amount, target);
        return true;
    }

    /// @inheritdoc IHubEscrow
    function recover() external onlyOwner nonReentrant returns (uint256 excess) {
        excess = TOKEN.balanceOf(address(this)) - _totalSupply;
        _mint(_owner, excess);
    }

    /// @inheritdoc ITokenSpender
    function receiveApproval(address sender, uint256 amount, address token_, bytes calldata data)
        external
        returns (bool)
    {
        if (token_ != address(TOKEN) || msg.sender != token_) revert("wrong-token");
        _deposit(sender, amount, sender);
        if (data.length > 0) _matchFor(sender, data);
        return true;
    }

    /// @inheritdoc IHubEscrow
    function transfer(address to, uint256 value) external returns (bool) {
        _transfer(msg.sender, to, value);
        return true;
    }

    /// @inheritdoc IHubEscrow
    function approve(address spender, uint256 value) external returns (bool) {
        _approve(msg.sender, spender, value);
        return true;
    }

    /// @inheritdoc IHubEscrow
    function transferFrom(address from, address to, uint256 value) external returns (bool) {
        uint256 allowed = _allowances[from][msg.sender];
        if (allowed < value) revert AllowanceTooLow(from, msg.sender, allowed, value);
        _approve(from, msg.sender, allowed - value);
        _transfer(from, to, value);
        return true;
    }

    /// @inheritdoc IHubEscrow
    function increaseAllowance(address spender, uint256 value) external returns (bool) {
        _approve(msg.sender, spender, _allowances[msg.sender][spender] + value);
        return true;
    }

    /// @inheritdoc IHubEscrow
    function decreaseAllowance(address spender, uint256 value) external returns (bool) {
        uint256 allowed = _allowances[msg.sender][spender];
        if (allowed < value) revert AllowanceTooLow(msg.sender, spender, allowed, value);
        _approve(msg.sender, spender, allowed - value);
        return true;
    }

    /// @inheritdoc IHubEscrow
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

    /// @inheritdoc IHubEscrow
    function name() external pure returns (string memory) {
        return "Staked RUC";
    }

    /// @inheritdoc IHubEscrow
    function symbol() external pure returns (string memory) {
        return "SRUC";
    }

    /// @inheritdoc IHubEscrow
    function decimals() external pure returns (uint8) {
        return 9;
    }

    /// @inheritdoc IHubEscrow
    function totalSupply() external view returns (uint256) {
        return _totalSupply;
    }

    /// @inheritdoc IHubEscrow
    function balanceOf(address account) external view returns (uint256) {
        return _accounts[account].stake;
    }

    /// @inheritdoc IHubEscrow
    function frozenOf(address account) external view returns (uint256) {
        return _accounts[account].locked;
    }

    /// @inheritdoc IHubEscrow
    function allowance(address account, address spender) external view returns (uint256) {
        return _allowances[account][spender];
    }

    /// @inheritdoc IHubEscrow
    function viewAccount(address account) external view returns (Account memory) {
        return Account(_accounts[account].stake, _accounts[account].locked);
    }

    /// @inheritdoc IHubEscrow
    function token() external view returns (address) {
        return address(TOKEN);
    }

    /// @dev Credits only what arrived. The guard keeps a token that calls back from having the same
    /// tokens credited twice.
    function _deposit(address from, uint256 amount, address target) private nonReentrant {
        uint256 before = TOKEN.balanceOf(address(this));
        TOKEN.safeTransferFrom(from, address(this), amount);
        uint256 received = TOKEN.balanceOf(address(this)) - before;
        if (received != amount) revert TokenAmountDiffers(amount, received);
        _mint(target, amount);
    }

    function _withdraw(uint256 amount, address target) private {
        _requireRecipient(target);
        uint256 stake = _accounts[msg.sender].stake;
        if (amount > stake) revert StakeTooLow(msg.sender, stake, amount);
        _accounts[msg.sender].stake = uint128(stake - amount);
        _totalSupply -= amount;
        emit Transfer(msg.sender, address(0), amount);
        TOKEN.safeTransfer(target, amount);
    }

    function _mint(address target, uint256 amount) private {
        _requireRecipient(target);
        uint256 supply = _totalSupply + amount;
        if (supply > type(uint128).max) revert AmountTooWide(supply, type(uint128).max);
        _totalSupply = supply;
        _accounts[target].stake += uint128(amount);
        emit Transfer(address(0), target, amount);
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

    function _matchFor(address requester, bytes calldata data) private {
        bytes memory call = bytes4(data) == IHubMarket.matchOrders.selector
            ? bytes(data)
            : bytes.concat(IHubMarket.matchOrders.selector, data);
        (bool success, bytes memory result) = address(this).call(call);
        if (!success) {
            if (result.length == 0) revert("receive-approval-failed");
            assembly ("memory-safe") {
                revert(add(result, 0x20), mload(result))
            }
        }
        // Checked after the match, on the deal itself; it undoes everything when it fails.
        (Deal memory deal,) = DealRecords.load(DealId.wrap(abi.decode(result, (bytes32))));
        if (deal.requester != requester) revert("caller-must-be-requester");
    }
}
