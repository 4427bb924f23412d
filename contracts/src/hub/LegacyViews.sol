// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {
    Category,
    Contribution,
    ContributionStatus,
    Deal,
    DealId,
    Task,
    TaskId,
    TaskStatus
} from "../interfaces/HubTypes.sol";
import {IHubLegacyViews} from "../interfaces/IHubLegacyViews.sol";
import {DealRecords} from "../libraries/DealRecords.sol";
import {StructViews} from "./StructViews.sol";

/// @title The same without structs, for old clients
abstract contract LegacyViews is IHubLegacyViews, StructViews {
    struct LegacyTask {
        TaskStatus status;
        DealId dealid;
        uint256 idx;
        uint256 timeref;
        uint256 contributionDeadline;
        uint256 revealDeadline;
        uint256 finalDeadline;
        bytes32 consensusValue;
        uint256 revealCounter;
        uint256 winnerCounter;
        address[] contributors;
        bytes results;
    }

    /// @inheritdoc IHubLegacyViews
    function viewDealABILegacy_pt1(DealId dealid)
        external
        view
        returns (address, address, uint256, address, address, uint256, address, address, uint256)
    {
        (Deal memory deal,) = DealRecords.load(dealid);
        return (
            deal.app.pointer,
            deal.app.owner,
            deal.app.price,
            deal.dataset.pointer,
            deal.dataset.owner,
            deal.dataset.price,
            deal.workerpool.pointer,
            deal.workerpool.owner,
            deal.workerpool.price
        );
    }

    /// @inheritdoc IHubLegacyViews
    function viewDealABILegacy_pt2(DealId dealid)
        external
        view
        returns (uint256, bytes32, address, address, address, string memory)
    {
        Deal memory deal = DealRecords.loadWithParams(dealid);
        return (deal.trust, deal.tag, deal.requester, deal.beneficiary, deal.callback, deal.params);
    }

    /// @inheritdoc IHubLegacyViews
    function viewConfigABILegacy(DealId dealid)
        external
        view
        returns (uint256, uint256, uint256, uint256, uint256, uint256)
    {
        (Deal memory deal,) = DealRecords.load(dealid);
        return (
            deal.category,
            deal.startTime,
            deal.botFirst,
            deal.botSize,
            deal.workerStake,
            deal.schedulerRewardRatio
        );
    }

    /// @inheritdoc IHubLegacyViews
    function viewAccountABILegacy(address account) external view returns (uint256, uint256) {
        return (_accounts[account].stake, _accounts[account].locked);
    }

    /// @inheritdoc IHubLegacyViews
    /// @dev So many values do not fit on the stack. An encoded struct is a word, and then what the
    /// same values are without struct.
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
        )
    {
        bytes memory answer = abi.encode(_legacy(viewTask(taskid)));
        assembly ("memory-safe") {
            return(add(answer, 0x40), sub(mload(answer), 0x20))
        }
    }

    /// @inheritdoc IHubLegacyViews
    function viewContributionABILegacy(TaskId taskid, address worker)
        external
        view
        returns (ContributionStatus, bytes32, bytes32, address)
    {
        Contribution memory contribution = viewContribution(taskid, worker);
        return (
            contribution.status,
            contribution.resultHash,
            contribution.resultSeal,
            contribution.enclaveChallenge
        );
    }

    /// @inheritdoc IHubLegacyViews
    function viewCategoryABILegacy(uint256 catid)
        external
        view
        returns (string memory, string memory, uint256)
    {
        Category memory category = viewCategory(catid);
        return (category.name, category.description, category.workClockTimeRef);
    }

    function _legacy(Task memory task) private pure returns (LegacyTask memory legacy) {
        legacy.status = task.status;
        legacy.dealid = task.dealid;
        legacy.idx = task.idx;
        legacy.timeref = task.timeref;
        legacy.contributionDeadline = task.contributionDeadline;
        legacy.revealDeadline = task.revealDeadline;
        legacy.finalDeadline = task.finalDeadline;
        legacy.consensusValue = task.consensusValue;
        legacy.revealCounter = task.revealCounter;
        legacy.winnerCounter = task.winnerCounter;
        legacy.contributors = task.contributors;
        legacy.results = task.results;
    }
}
