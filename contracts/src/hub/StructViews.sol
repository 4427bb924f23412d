// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {
    AppInfo,
    Category,
    Contribution,
    ContributionStatus,
    DatasetInfo,
    Deal,
    DealId,
    EIP712Domain,
    Task,
    TaskId,
    TaskStatus,
    WorkerpoolInfo
} from "../interfaces/HubTypes.sol";
import {IHubViews} from "../interfaces/IHubViews.sol";
import {IApp, IDataset, IWorkerpool} from "../interfaces/IResources.sol";
import {DealRecords} from "../libraries/DealRecords.sol";
import {GroupQuery} from "../libraries/GroupQuery.sol";
import {ResultRecords} from "../libraries/ResultRecords.sol";
import {HubStorage} from "./HubStorage.sol";
import {Signatures} from "./Signatures.sol";

/// @title Reading the hub: unpacks what the hub stores into the interface's structs
abstract contract StructViews is IHubViews, Signatures {
    /// @inheritdoc IHubViews
    function viewDeal(DealId dealid) external view returns (Deal memory) {
        return DealRecords.loadWithParams(dealid);
    }

    /// @inheritdoc IHubViews
    function viewTask(TaskId taskid) public view returns (Task memory task) {
        TaskState memory state = _tasks[taskid];
        if (state.status == TaskStatus.UNSET) return task;
        (Deal memory deal, uint256 timeref) = DealRecords.load(state.dealid);
        task.status = state.status;
        task.dealid = state.dealid;
        task.idx = state.idx;
        task.timeref = timeref;
        task.contributionDeadline = deal.startTime + timeref * CONTRIBUTION_DEADLINE_RATIO;
        task.revealDeadline = state.revealDeadline;
        task.finalDeadline = deal.startTime + timeref * FINAL_DEADLINE_RATIO;
        if (state.winnerGroup > 0) {
            task.consensusValue = _groupHash(taskid, state, state.winnerGroup - 1);
        }
        task.revealCounter = state.reveals;
        task.winnerCounter = state.winners;
        task.contributors = _contributors(taskid, state.contributors);
        if (state.reveals > 0) {
            task.resultDigest = _contributions[taskid][state.winnerGroup - 1].groupValue;
        }
        (task.results, task.resultsCallback) = ResultRecords.load(taskid);
    }

    /// @inheritdoc IHubViews
    function viewContribution(TaskId taskid, address worker)
        public
        view
        returns (Contribution memory contribution)
    {
        TaskState memory task = _tasks[taskid];
        for (uint256 i = 0; i < task.contributors; ++i) {
            ContributionState storage state = _contributions[taskid][i];
            if (state.worker != worker) continue;
            contribution.status = state.status;
            contribution.resultHash = _groupHash(taskid, task, state.group);
            contribution.resultSeal = state.status == ContributionStatus.PROVED
                ? _resultSeal(worker, taskid, _contributions[taskid][state.group].groupValue)
                : state.resultSeal;
            if (state.hasEnclave) contribution.enclaveChallenge = state.enclaveChallenge;
            contribution.weight = state.logWeight;
            return contribution;
        }
    }

    /// @inheritdoc IHubViews
    function viewScore(address worker) external view returns (uint256) {
        return _scores[worker];
    }

    /// @inheritdoc IHubViews
    function viewConsumed(bytes32 orderHash) external view returns (uint256) {
        return _orders[orderHash].consumed;
    }

    /// @inheritdoc IHubViews
    function viewPresigned(bytes32 orderHash) external view returns (address) {
        return _orders[orderHash].presigner;
    }

    /// @inheritdoc IHubViews
    function resultFor(bytes32 id) external view returns (bytes memory resultsCallback) {
        if (_tasks[TaskId.wrap(id)].status != TaskStatus.COMPLETED) revert("task-pending");
        (, resultsCallback) = ResultRecords.load(TaskId.wrap(id));
    }

    /// @inheritdoc IHubViews
    function isCallbackFailed(TaskId taskid) external view returns (bool) {
        return _tasks[taskid].callbackFailed;
    }

    /// @inheritdoc IHubViews
    function viewCategory(uint256 catid) public view returns (Category memory) {
        // Without a reason, as existing clients expect.
        if (catid >= _categoryCount) revert();
        return _categories[catid];
    }

    /// @inheritdoc IHubViews
    function countCategory() external view returns (uint256) {
        return _categoryCount;
    }

    /// @inheritdoc IHubViews
    function viewApp(address app) external view returns (AppInfo memory) {
        IApp resource = IApp(app);
        return AppInfo({
            owner: resource.owner(),
            m_appName: resource.m_appName(),
            m_appType: resource.m_appType(),
            m_appMultiaddr: resource.m_appMultiaddr(),
            m_appChecksum: resource.m_appChecksum(),
            m_appMREnclave: resource.m_appMREnclave()
        });
    }

    /// @inheritdoc IHubViews
    function viewDataset(address dataset) external view returns (DatasetInfo memory) {
        IDataset resource = IDataset(dataset);
        return DatasetInfo({
            owner: resource.owner(),
            m_datasetName: resource.m_datasetName(),
            m_datasetMultiaddr: resource.m_datasetMultiaddr(),
            m_datasetChecksum: resource.m_datasetChecksum()
        });
    }

    /// @inheritdoc IHubViews
    function viewWorkerpool(address workerpool) external view returns (WorkerpoolInfo memory) {
        IWorkerpool resource = IWorkerpool(workerpool);
        return WorkerpoolInfo({
            owner: resource.owner(),
            m_workerpoolDescription: resource.m_workerpoolDescription(),
            m_workerStakeRatioPolicy: resource.m_workerStakeRatioPolicy(),
            m_schedulerRewardRatioPolicy: resource.m_schedulerRewardRatioPolicy()
        });
    }

    /// @inheritdoc IHubViews
    function appregistry() external view returns (address) {
        return address(APP_REGISTRY);
    }

    /// @inheritdoc IHubViews
    function datasetregistry() external view returns (address) {
        return address(DATASET_REGISTRY);
    }

    /// @inheritdoc IHubViews
    function workerpoolregistry() external view returns (address) {
        return address(WORKERPOOL_REGISTRY);
    }

    /// @inheritdoc IHubViews
    function teebroker() external view returns (address) {
        return _teeBroker;
    }

    /// @inheritdoc IHubViews
    function callbackgas() external view returns (uint256) {
        return _callbackGas;
    }

    /// @inheritdoc IHubViews
    function contribution_deadline_ratio() external pure returns (uint256) {
        return CONTRIBUTION_DEADLINE_RATIO;
    }

    /// @inheritdoc IHubViews
    function reveal_deadline_ratio() external pure returns (uint256) {
        return REVEAL_DEADLINE_RATIO;
    }

    /// @inheritdoc IHubViews
    function final_deadline_ratio() external pure returns (uint256) {
        return FINAL_DEADLINE_RATIO;
    }

    /// @inheritdoc IHubViews
    function workerpool_stake_ratio() external pure returns (uint256) {
        return WORKERPOOL_STAKE_RATIO;
    }

    /// @inheritdoc IHubViews
    function kitty_ratio() external pure returns (uint256) {
        return KITTY_RATIO;
    }

    /// @inheritdoc IHubViews
    function kitty_min() external pure returns (uint256) {
        return KITTY_MIN;
    }

    /// @inheritdoc IHubViews
    function kitty_address() external pure returns (address) {
        return KITTY_ADDRESS;
    }

    /// @inheritdoc IHubViews
    function groupmember_purpose() external pure returns (uint256) {
        return GroupQuery.MEMBER_PURPOSE;
    }

    /// @inheritdoc IHubViews
    function domain() external view returns (EIP712Domain memory) {
        return EIP712Domain("iExecODB", "5.0.0", block.chainid, address(this));
    }

    /// @inheritdoc IHubViews
    function eip712domain_separator() external view returns (bytes32) {
        return _domainSeparator();
    }

    function _contributors(TaskId taskid, uint256 count)
        private
        view
        returns (address[] memory workers)
    {
        workers = new address[](count);
        for (uint256 i = 0; i < count; ++i) {
            workers[i] = _contributions[taskid][i].worker;
        }
    }

    /// @dev The winning group keeps its digest instead of its hash once somebody revealed.
    function _groupHash(TaskId taskid, TaskState memory task, uint256 group)
        private
        view
        returns (bytes32 value)
    {
        value = _contributions[taskid][group].groupValue;
        if (task.reveals > 0 && group + 1 == task.winnerGroup) value = _resultHash(taskid, value);
    }
}
