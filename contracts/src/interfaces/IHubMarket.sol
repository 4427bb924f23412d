// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {AppOrder, DatasetOrder, WorkerpoolOrder, RequestOrder, DealId} from "./HubTypes.sol";

/// @title Matching signed orders into deals
interface IHubMarket {
    /// @notice A pool has a new deal to schedule.
    event SchedulerNotice(address indexed workerpool, DealId dealid);

    /// @notice Four orders became a deal; `volume` of each was consumed.
    event OrdersMatched(
        DealId dealid,
        bytes32 appHash,
        bytes32 datasetHash,
        bytes32 workerpoolHash,
        bytes32 requestHash,
        uint256 volume
    );

    /// @notice Somebody else than the requester pays for the deal.
    event DealSponsored(DealId dealid, address sponsor);

    /// @notice Thrown when a number does not fit the field that stores it.
    error ValueTooWide(string field, uint256 value, uint256 max);

    /// @notice Matches four orders; the requester is debited. Anyone may call.
    /// @dev Reverts with `iExecV5-matchOrders-0xNN`: 00 category differs, 01 unknown category,
    /// 02 request trust above pool trust, 03/04/05 app/dataset/pool price above the request's limit,
    /// 06 pool tag lacks a bit, 07 app tag lacks the TEE bit, 10/11 app/dataset differs,
    /// 12 request's pool restriction, 13-15 app order's dataset/pool/requester restriction,
    /// 16-18 dataset order's app/pool/requester, 19-1b pool order's app/dataset/requester,
    /// 20/30/40 app/dataset/pool not registered, 21/31/41/50 bad signature, 60 nothing left.
    /// @return dealid keccak256(request order hash ++ volume consumed before)
    function matchOrders(
        AppOrder calldata apporder,
        DatasetOrder calldata datasetorder,
        WorkerpoolOrder calldata workerpoolorder,
        RequestOrder calldata requestorder
    ) external returns (DealId dealid);

    /// @notice Same as `matchOrders`, but the caller pays and is refunded.
    function sponsorMatchOrders(
        AppOrder calldata apporder,
        DatasetOrder calldata datasetorder,
        WorkerpoolOrder calldata workerpoolorder,
        RequestOrder calldata requestorder
    ) external returns (DealId dealid);
}
