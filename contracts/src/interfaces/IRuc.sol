// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";

/// @title The development token: 9 decimals, minted by its owner (the faucet of a dev chain)
interface IRuc is IERC20Metadata {
    error SpenderRefused(address spender);

    function mint(address to, uint256 amount) external;

    /// @notice Approves, then calls `receiveApproval` on the spender, in one transaction.
    function approveAndCall(address spender, uint256 amount, bytes calldata data)
        external
        returns (bool);
}
