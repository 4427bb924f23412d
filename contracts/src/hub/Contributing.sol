// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ContributionStatus, Deal, DealId, TaskId, TaskStatus} from "../interfaces/HubTypes.sol";
import {IHubTasks} from "../interfaces/IHubTasks.sol";
import {DealRecords} from "../libraries/DealRecords.sol";
import {Escrow} from "./Escrow.sol";
import {Signatures} from "./Signatures.sol";

/// @title From initialize to reveal: who contributed what, and when enough of them agree
abstract contract Contributing is IHubTasks, Escrow, Signatures {
    bytes32 private constant TEE_BIT = bytes32(uint256(0x01));

    /// @dev Where a new contribution would stand among those already there.
    struct Vote {
        // Index of the group with the same result hash; the new index when there is none.
        uint256 group;
        uint256 groupWeight;
        uint256 membersNotRejected;
    }

    /// @inheritdoc IHubTasks
    function initialize(DealId dealid, uint256 idx) public returns (TaskId taskid) {
        (Deal memory deal,) = DealRecords.load(dealid);
        if (deal.requester == address(0)) revert UnknownDeal(dealid);
        if (idx < deal.botFirst || idx - deal.botFirst >= deal.botSize) {
            revert IndexOutsideDeal(dealid, idx, deal.botFirst, deal.botSize);
        }
        taskid = _taskId(dealid, idx);
        TaskState storage task = _tasks[taskid];
        if (task.status != TaskStatus.UNSET) revert TaskAlreadyInitialized(taskid, task.status);

        task.dealid = dealid;
        task.status = TaskStatus.ACTIVE;
        // A deal's indexes fit: checked at the match.
        task.idx = uint64(idx);
        emit TaskInitialize(taskid, deal.workerpool.pointer);
    }

    /// @inheritdoc IHubTasks
    function contribute(
        TaskId taskid,
        bytes32 resultHash,
        bytes32 resultSeal,
        address enclaveChallenge,
        bytes calldata enclaveSign,
        bytes calldata authorizationSign
    ) external {
        TaskState memory task = _tasks[taskid];
        Deal memory deal = _requireOpen(taskid, task);
        _requireAuthorized(taskid, deal, enclaveChallenge, authorizationSign);
        _requireEnclave(taskid, enclaveChallenge, resultHash, resultSeal, enclaveSign);
        Vote memory vote = _scan(taskid, task.contributors, resultHash);

        ContributionState storage contribution = _contributions[taskid][task.contributors];
        contribution.resultSeal = resultSeal;
        if (vote.group == task.contributors) contribution.groupValue = resultHash;
        _addContribution(taskid, task.contributors, vote.group, enclaveChallenge);
        _lock(msg.sender, deal.workerStake);
        emit TaskContribute(taskid, msg.sender, resultHash);
        _count(taskid, task, vote, deal, resultHash);
    }

    /// @inheritdoc IHubTasks
    function reveal(TaskId taskid, bytes32 resultDigest) external {
        TaskState storage task = _tasks[taskid];
        if (task.status != TaskStatus.REVEALING) revert TaskNotRevealing(taskid, task.status);
        _requireBefore(taskid, task.revealDeadline);
        uint256 group = task.winnerGroup - 1;
        ContributionState storage contribution = _winner(taskid, task.contributors, group);
        bytes32 expected = task.reveals == 0 ? _resultHash(taskid, resultDigest) : resultDigest;
        if (
            _contributions[taskid][group].groupValue != expected
                || contribution.resultSeal != _resultSeal(msg.sender, taskid, resultDigest)
        ) revert DigestMismatch(taskid, msg.sender, resultDigest);

        if (task.reveals == 0) _contributions[taskid][group].groupValue = resultDigest;
        contribution.status = ContributionStatus.PROVED;
        delete contribution.resultSeal;
        task.reveals += 1;
        emit TaskReveal(taskid, msg.sender, resultDigest);
    }

    /// @inheritdoc IHubTasks
    function reopen(TaskId taskid) external {
        TaskState storage task = _tasks[taskid];
        if (task.status != TaskStatus.REVEALING) revert TaskNotRevealing(taskid, task.status);
        (Deal memory deal, uint256 timeref) = DealRecords.load(task.dealid);
        _requireScheduler(taskid, deal);
        _requireBefore(taskid, deal.startTime + timeref * FINAL_DEADLINE_RATIO);
        if (task.reveals != 0) revert AlreadyRevealed(taskid, task.reveals);
        if (block.timestamp < task.revealDeadline) {
            revert TooEarly(taskid, task.revealDeadline, block.timestamp);
        }

        uint256 group = task.winnerGroup - 1;
        uint256 count = task.contributors;
        for (uint256 i = group; i < count; ++i) {
            ContributionState storage contribution = _contributions[taskid][i];
            if (contribution.group == group) contribution.status = ContributionStatus.REJECTED;
        }
        ContributionState storage leader = _contributions[taskid][group];
        task.weight -= leader.groupWeight;
        leader.groupWeight = 0;
        task.status = TaskStatus.ACTIVE;
        task.revealDeadline = 0;
        task.winners = 0;
        task.winnerGroup = 0;
        emit TaskReopen(taskid);
    }

    /// @dev An ACTIVE task before its contribution deadline, with its deal.
    function _requireOpen(TaskId taskid, TaskState memory task)
        internal
        view
        returns (Deal memory deal)
    {
        if (task.status != TaskStatus.ACTIVE) revert TaskNotActive(taskid, task.status);
        uint256 timeref;
        (deal, timeref) = DealRecords.load(task.dealid);
        _requireBefore(taskid, deal.startTime + timeref * CONTRIBUTION_DEADLINE_RATIO);
    }

    function _requireBefore(TaskId taskid, uint256 deadline) internal view {
        if (block.timestamp >= deadline) revert TooLate(taskid, deadline, block.timestamp);
    }

    function _requireScheduler(TaskId taskid, Deal memory deal) internal view {
        if (msg.sender != deal.workerpool.owner) {
            revert NotScheduler(taskid, deal.workerpool.owner, msg.sender);
        }
    }

    /// @dev The pool, or the TEE broker for enclaves, lets this worker contribute to this task.
    function _requireAuthorized(
        TaskId taskid,
        Deal memory deal,
        address enclaveChallenge,
        bytes calldata authorizationSign
    ) internal view {
        bool hasEnclave = enclaveChallenge != address(0);
        if (!hasEnclave && deal.tag & TEE_BIT != 0) revert EnclaveRequired(taskid);
        address signer = deal.workerpool.owner;
        if (hasEnclave && _teeBroker != address(0)) signer = _teeBroker;
        bytes32 hash =
            keccak256(abi.encodePacked(msg.sender, TaskId.unwrap(taskid), enclaveChallenge));
        if (!_isSignedMessage(signer, hash, authorizationSign)) {
            revert BadAuthorization(taskid, msg.sender, signer);
        }
    }

    function _requireEnclave(
        TaskId taskid,
        address enclaveChallenge,
        bytes32 resultHash,
        bytes32 resultSeal,
        bytes calldata enclaveSign
    ) internal view {
        if (enclaveChallenge == address(0)) return;
        bytes32 hash = keccak256(abi.encode(resultHash, resultSeal));
        if (!_isSignedMessage(enclaveChallenge, hash, enclaveSign)) {
            revert BadEnclaveSignature(taskid, enclaveChallenge);
        }
    }

    /// @dev Writes what every kind of contribution has. `groupWeight` is set where it is known.
    function _addContribution(TaskId taskid, uint256 index, uint256 group, address enclaveChallenge)
        internal
    {
        ContributionState storage contribution = _contributions[taskid][index];
        contribution.worker = msg.sender;
        contribution.status = ContributionStatus.CONTRIBUTED;
        contribution.group = uint8(group);
        contribution.logWeight = uint8(Math.log2(_weightOf(msg.sender)));
        if (enclaveChallenge != address(0)) {
            contribution.hasEnclave = true;
            contribution.enclaveChallenge = enclaveChallenge;
        }
    }

    function _scan(TaskId taskid, uint256 count, bytes32 resultHash)
        private
        view
        returns (Vote memory vote)
    {
        if (count == MAX_CONTRIBUTORS) revert TooManyContributors(taskid, MAX_CONTRIBUTORS);
        vote.group = count;
        for (uint256 i = 0; i < count; ++i) {
            ContributionState storage other = _contributions[taskid][i];
            if (other.worker == msg.sender) revert AlreadyContributed(taskid, msg.sender);
            uint256 group = other.group;
            if (group == i && other.groupValue == resultHash) {
                vote.group = i;
                vote.groupWeight = other.groupWeight;
            }
            if (group == vote.group && other.status == ContributionStatus.CONTRIBUTED) {
                ++vote.membersNotRejected;
            }
        }
    }

    /// @dev Weights of a group multiply; the group wins when weight * trust > total * (trust - 1).
    function _count(
        TaskId taskid,
        TaskState memory task,
        Vote memory vote,
        Deal memory deal,
        bytes32 resultHash
    ) private {
        TaskState storage stored = _tasks[taskid];
        uint256 grown = Math.max(vote.groupWeight, 1) * _weightOf(msg.sender);
        uint256 total = 1 + task.weight + grown - vote.groupWeight;
        stored.contributors = task.contributors + 1;
        if (grown * deal.trust > total * (deal.trust - 1)) {
            (, uint256 timeref) = DealRecords.load(task.dealid);
            stored.status = TaskStatus.REVEALING;
            stored.revealDeadline = uint40(block.timestamp + timeref * REVEAL_DEADLINE_RATIO);
            stored.winners = uint8(vote.membersNotRejected + 1);
            stored.winnerGroup = uint8(vote.group + 1);
            emit TaskConsensus(taskid, resultHash);
        } else {
            _contributions[taskid][vote.group].groupWeight =
                uint64(_fit(taskid, grown, type(uint64).max));
            stored.weight = uint96(_fit(taskid, total - 1, type(uint96).max));
        }
    }

    function _fit(TaskId taskid, uint256 weight, uint256 max) private pure returns (uint256) {
        if (weight > max) revert ConsensusWeightTooWide(taskid, weight, max);
        return weight;
    }

    function _weightOf(address worker) private view returns (uint256) {
        return Math.max(_scores[worker] / 3, 3) - 1;
    }

    /// @dev The caller's contribution, if it is in the winning group and not revealed yet.
    function _winner(TaskId taskid, uint256 count, uint256 group)
        private
        view
        returns (ContributionState storage contribution)
    {
        for (uint256 i = group; i < count; ++i) {
            contribution = _contributions[taskid][i];
            if (
                contribution.worker == msg.sender && contribution.group == group
                    && contribution.status == ContributionStatus.CONTRIBUTED
            ) return contribution;
        }
        revert NotAWinner(taskid, msg.sender);
    }
}
