// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IHubDeposits} from "./IHubDeposits.sol";
import {ITokenSpender} from "./ITokenSpender.sol";

/// @title Escrow of an ERC-20 token
interface IHubEscrow is IHubDeposits, ITokenSpender {
    /// @notice Thrown when the token delivered another amount than asked, as fee-on-transfer tokens do.
    error TokenAmountDiffers(uint256 asked, uint256 received);

    /// @notice Moves `amount` from the caller's tokens (allowance needed) to its free deposit.
    function deposit(uint256 amount) external returns (bool);
    function depositFor(uint256 amount, address target) external returns (bool);
    function depositForArray(uint256[] calldata amounts, address[] calldata targets)
        external
        returns (bool);
}
