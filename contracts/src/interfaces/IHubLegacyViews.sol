// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {ContributionStatus, DealId, TaskId, TaskStatus} from "./HubTypes.sol";

/// @title The views of the hub without structs, for old clients
interface IHubLegacyViews {
    function viewDealABILegacy_pt1(DealId dealid)
        external
        view
        returns (
            address appPointer,
            address appOwner,
            uint256 appPrice,
            address datasetPointer,
            address datasetOwner,
            uint256 datasetPrice,
            address workerpoolPointer,
            address workerpoolOwner,
            uint256 workerpoolPrice
        );

    function viewDealABILegacy_pt2(DealId dealid)
        external
        view
        returns (
            uint256 trust,
            bytes32 tag,
            address requester,
            address beneficiary,
            address callback,
            string memory params
        );

    function viewConfigABILegacy(DealId dealid)
        external
        view
        returns (
            uint256 category,
            uint256 startTime,
            uint256 botFirst,
            uint256 botSize,
            uint256 workerStake,
            uint256 schedulerRewardRatio
        );

    function viewAccountABILegacy(address account)
        external
        view
        returns (uint256 stake, uint256 locked);

    /// @dev The fields of a task up to `contributors`, then its results.
    function viewTaskABILegacy(TaskId taskid)
        external
        view
        returns (
            TaskStatus,
            DealId,
            uint256,
            uint256,
            uint256,
            uint256,
            uint256,
            bytes32,
            uint256,
            uint256,
            address[] memory,
            bytes memory
        );

    function viewContributionABILegacy(TaskId taskid, address worker)
        external
        view
        returns (
            ContributionStatus status,
            bytes32 resultHash,
            bytes32 resultSeal,
            address enclaveChallenge
        );

    function viewCategoryABILegacy(uint256 catid)
        external
        view
        returns (string memory name, string memory description, uint256 workClockTimeRef);
}
