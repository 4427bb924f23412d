// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IHubDeposits} from "./IHubDeposits.sol";

/// @title Escrow of the chain's own coin: one unit of the books is 1e9 wei
/// @notice What is less than one unit is returned to the sender. A plain transfer of coin to the hub
/// is a deposit of the sender.
interface INativeEscrow is IHubDeposits {
    /// @notice Thrown when the coin sent along does not cover the deposits.
    error CoinMissing(uint256 sentWei, uint256 requiredWei);

    /// @notice Thrown when an account does not take its coin.
    error CoinRefused(address target, uint256 amountWei);

    function deposit() external payable returns (bool);
    function depositFor(address target) external payable returns (bool);

    /// @param amounts in units of the books; what the coin sent along is more goes back to the sender
    function depositForArray(uint256[] calldata amounts, address[] calldata targets)
        external
        payable
        returns (bool);
}
