// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Account} from "./HubTypes.sol";

/// @title The books of the escrow, with the ERC-20 face of the free deposits
/// @notice A locked amount counts as a transfer to the hub, so the hub's own balance is the sum of
/// all locks and `totalSupply` is everything deposited.
interface IHubDeposits {
    event Transfer(address indexed from, address indexed to, uint256 value);
    event Approval(address indexed owner, address indexed spender, uint256 value);
    event Lock(address owner, uint256 amount);
    event Unlock(address owner, uint256 amount);
    event Reward(address owner, uint256 amount, bytes32 ref);
    event Seize(address owner, uint256 amount, bytes32 ref);

    /// @notice Thrown when an account's free deposit does not cover a lock, transfer or withdrawal.
    error StakeTooLow(address account, uint256 stake, uint256 required);
    error AllowanceTooLow(address owner, address spender, uint256 allowance, uint256 required);

    /// @notice Thrown when an account that cannot use its deposit would receive one.
    error BadRecipient(address recipient);

    error ArraysDiffer(uint256 amounts, uint256 targets);
    error AmountTooWide(uint256 amount, uint256 max);

    /// @notice Pays out free deposit of the caller.
    function withdraw(uint256 amount) external returns (bool);
    function withdrawTo(uint256 amount, address target) external returns (bool);

    /// @notice Credits to the owner what was sent to the hub without a deposit.
    function recover() external returns (uint256);

    function transfer(address to, uint256 value) external returns (bool);
    function approve(address spender, uint256 value) external returns (bool);
    function transferFrom(address from, address to, uint256 value) external returns (bool);
    function increaseAllowance(address spender, uint256 value) external returns (bool);
    function decreaseAllowance(address spender, uint256 value) external returns (bool);
    function approveAndCall(address spender, uint256 value, bytes calldata data)
        external
        returns (bool);

    function name() external view returns (string memory);
    function symbol() external view returns (string memory);
    function decimals() external view returns (uint8);
    function totalSupply() external view returns (uint256);
    function balanceOf(address account) external view returns (uint256);
    function frozenOf(address account) external view returns (uint256);
    function allowance(address account, address spender) external view returns (uint256);
    function viewAccount(address account) external view returns (Account memory);

    /// @notice The token that deposits are made of; zero when they are made of the chain's own coin.
    function token() external view returns (address);
}
