// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

/// @title ERC-1154 consumer: a contract that waits for a result
interface IOracleConsumer {
    function receiveResult(bytes32 id, bytes calldata result) external;
}

/// @title ERC-734 key holder, of which the hub asks group membership
interface IGroup {
    function keyHasPurpose(bytes32 key, uint256 purpose) external view returns (bool);
}
