// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {
    Account,
    AppOrder,
    Category,
    DatasetOrder,
    Deal,
    DealId,
    RequestOrder,
    RequestOrderOperation,
    Task,
    TaskId,
    WorkerpoolOrder
} from "./interfaces/HubTypes.sol";

/// @title The part of a PoCo hub that a calling contract uses
/// @notice Every hub of the interface answers to it: Ruche's, the peer's, and `MockGrid`.
interface IGrid {
    function matchOrders(
        AppOrder calldata apporder,
        DatasetOrder calldata datasetorder,
        WorkerpoolOrder calldata workerpoolorder,
        RequestOrder calldata requestorder
    ) external returns (DealId dealid);

    function manageRequestOrder(RequestOrderOperation calldata operation) external;
    function broadcastRequestOrder(RequestOrder calldata requestorder) external;

    function claim(TaskId taskid) external;
    function initializeAndClaimArray(DealId[] calldata dealid, uint256[] calldata idx)
        external
        returns (bool);

    /// @notice The callback bytes of a completed task, else reverts.
    function resultFor(bytes32 id) external view returns (bytes memory);
    function viewTask(TaskId taskid) external view returns (Task memory);
    function viewDeal(DealId dealid) external view returns (Deal memory);

    /// @notice Reverts when unknown.
    function viewCategory(uint256 catid) external view returns (Category memory);
    function countCategory() external view returns (uint256);
    function eip712domain_separator() external view returns (bytes32);

    /// @notice The token that deposits are made of; zero when they are made of the chain's own
    /// coin.
    function token() external view returns (address);
    function viewAccount(address account) external view returns (Account memory);
    function withdrawTo(uint256 amount, address target) external returns (bool);

    /// @notice Deposit of tokens; only where `token` is not zero.
    function deposit(uint256 amount) external returns (bool);

    /// @notice Deposit of coin, 1e9 wei a unit; only where `token` is zero.
    function deposit() external payable returns (bool);
}

/// @title What the kit asks of the hub's token
interface IGridToken {
    function approve(address spender, uint256 amount) external returns (bool);
    function transferFrom(address from, address to, uint256 amount) external returns (bool);
}
