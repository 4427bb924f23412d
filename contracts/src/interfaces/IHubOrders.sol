// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {
    AppOrder,
    DatasetOrder,
    WorkerpoolOrder,
    RequestOrder,
    AppOrderOperation,
    DatasetOrderOperation,
    WorkerpoolOrderOperation,
    RequestOrderOperation,
    DealId
} from "./HubTypes.sol";

/// @title Pre-signing, closing, broadcasting and checking of orders
/// @notice `manageXOrder` is for the owner of the resource (or the requester), as sender or by a
/// signed operation; otherwise it reverts with `invalid-sender-or-signature`.
interface IHubOrders {
    event SignedAppOrder(bytes32 appHash);
    event SignedDatasetOrder(bytes32 datasetHash);
    event SignedWorkerpoolOrder(bytes32 workerpoolHash);
    event SignedRequestOrder(bytes32 requestHash);
    event ClosedAppOrder(bytes32 appHash);
    event ClosedDatasetOrder(bytes32 datasetHash);
    event ClosedWorkerpoolOrder(bytes32 workerpoolHash);
    event ClosedRequestOrder(bytes32 requestHash);
    event BroadcastAppOrder(AppOrder apporder);
    event BroadcastDatasetOrder(DatasetOrder datasetorder);
    event BroadcastWorkerpoolOrder(WorkerpoolOrder workerpoolorder);
    event BroadcastRequestOrder(RequestOrder requestorder);

    error IncompatibleDatasetOrder(string reason);

    function manageAppOrder(AppOrderOperation calldata operation) external;
    function manageDatasetOrder(DatasetOrderOperation calldata operation) external;
    function manageWorkerpoolOrder(WorkerpoolOrderOperation calldata operation) external;
    function manageRequestOrder(RequestOrderOperation calldata operation) external;

    /// @notice Broadcasts only emit: nothing is checked.
    function broadcastAppOrder(AppOrder calldata apporder) external;
    function broadcastDatasetOrder(DatasetOrder calldata datasetorder) external;
    function broadcastWorkerpoolOrder(WorkerpoolOrder calldata workerpoolorder) external;
    function broadcastRequestOrder(RequestOrder calldata requestorder) external;

    /// @notice Whether `identity` signed `hash`: ERC-1271 if it has code, else 65 bytes or EIP-2098.
    /// Other lengths revert with `invalid-signature-format`.
    function verifySignature(address identity, bytes32 hash, bytes calldata signature)
        external
        view
        returns (bool);
    function verifyPresignature(address identity, bytes32 hash) external view returns (bool);
    function verifyPresignatureOrSignature(address identity, bytes32 hash, bytes calldata signature)
        external
        view
        returns (bool);

    /// @notice Volume that the four orders would match now: the least unconsumed one.
    function computeDealVolume(
        AppOrder calldata apporder,
        DatasetOrder calldata datasetorder,
        WorkerpoolOrder calldata workerpoolorder,
        RequestOrder calldata requestorder
    ) external view returns (uint256);

    /// @notice Reverts with `IncompatibleDatasetOrder` unless the order would allow a dataset-less deal
    /// to use its dataset.
    function assertDatasetDealCompatibility(DatasetOrder calldata datasetorder, DealId dealid)
        external
        view;
}
