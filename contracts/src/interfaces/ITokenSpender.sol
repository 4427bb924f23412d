// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

/// @title What a contract offers so that a token's `approveAndCall` can tell it about an allowance
interface ITokenSpender {
    /// @param data for the hub: empty to deposit, or the encoded arguments (or call) of `matchOrders`
    /// with `sender` as requester, to deposit and match in one transaction
    function receiveApproval(address sender, uint256 amount, address token, bytes calldata data)
        external
        returns (bool);
}
