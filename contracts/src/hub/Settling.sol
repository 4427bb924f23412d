// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ContributionStatus, Deal, DealId, TaskId, TaskStatus} from "../interfaces/HubTypes.sol";
import {IOracleConsumer} from "../interfaces/ICallbacks.sol";
import {IHubTasks} from "../interfaces/IHubTasks.sol";
import {DealRecords} from "../libraries/DealRecords.sol";
import {ResultRecords} from "../libraries/ResultRecords.sol";
import {Contributing} from "./Contributing.sol";

/// @title How a task ends: finalized and paid, or claimed and refunded
abstract contract Settling is Contributing {
    /// @dev Most bytes of a callback's revert reason that are kept.
    uint256 private constant MAX_REASON_LENGTH = 256;

    /// @inheritdoc IHubTasks
    function finalize(TaskId taskid, bytes calldata results, bytes calldata resultsCallback)
        external
    {
        TaskState memory task = _tasks[taskid];
        if (task.status != TaskStatus.REVEALING) revert TaskNotRevealing(taskid, task.status);
        (Deal memory deal, uint256 timeref) = DealRecords.load(task.dealid);
        _requireScheduler(taskid, deal);
        _requireBefore(taskid, deal.startTime + timeref * FINAL_DEADLINE_RATIO);
        bool allRevealed = task.reveals == task.winners;
        bool someRevealed = task.reveals > 0 && block.timestamp >= task.revealDeadline;
        if (!allRevealed && !someRevealed) {
            revert RevealsMissing(taskid, task.reveals, task.winners);
        }
        bytes32 digest = _contributions[taskid][task.winnerGroup - 1].groupValue;
        _requireCallbackDigest(taskid, deal, digest, resultsCallback);

        _tasks[taskid].status = TaskStatus.COMPLETED;
        ResultRecords.save(taskid, results, resultsCallback);
        _settle(taskid, deal);
        _distribute(taskid, deal, task.contributors);
        emit TaskFinalize(taskid, results);
        _callBack(taskid, deal.callback, resultsCallback);
    }

    /// @inheritdoc IHubTasks
    function contributeAndFinalize(
        TaskId taskid,
        bytes32 resultDigest,
        bytes calldata results,
        bytes calldata resultsCallback,
        address enclaveChallenge,
        bytes calldata enclaveSign,
        bytes calldata authorizationSign
    ) external {
        Deal memory deal = _requireAlone(
            taskid, resultDigest, enclaveChallenge, enclaveSign, authorizationSign
        );
        _requireCallbackDigest(taskid, deal, resultDigest, resultsCallback);

        _complete(taskid, resultDigest, enclaveChallenge);
        ResultRecords.save(taskid, results, resultsCallback);
        _settle(taskid, deal);
        _rewardAlone(taskid, deal);
        bytes32 resultHash = _resultHash(taskid, resultDigest);
        emit TaskContribute(taskid, msg.sender, resultHash);
        emit TaskConsensus(taskid, resultHash);
        emit TaskReveal(taskid, msg.sender, resultDigest);
        emit TaskFinalize(taskid, results);
        _callBack(taskid, deal.callback, resultsCallback);
    }

    /// @inheritdoc IHubTasks
    function claim(TaskId taskid) public {
        TaskState memory task = _tasks[taskid];
        if (task.status != TaskStatus.ACTIVE && task.status != TaskStatus.REVEALING) {
            revert TaskNotOpen(taskid, task.status);
        }
        (Deal memory deal, uint256 timeref) = DealRecords.load(task.dealid);
        uint256 deadline = deal.startTime + timeref * FINAL_DEADLINE_RATIO;
        if (block.timestamp < deadline) revert TooEarly(taskid, deadline, block.timestamp);

        _tasks[taskid].status = TaskStatus.FAILED;
        _unlock(deal.sponsor, _taskPrice(deal));
        _seize(deal.workerpool.owner, _poolStake(deal), TaskId.unwrap(taskid));
        _rewardAndLock(KITTY_ADDRESS, _poolStake(deal), TaskId.unwrap(taskid));
        for (uint256 i = 0; i < task.contributors; ++i) {
            _unlock(_contributions[taskid][i].worker, deal.workerStake);
        }
        emit TaskClaimed(taskid);
    }

    /// @inheritdoc IHubTasks
    function initializeArray(DealId[] calldata dealid, uint256[] calldata idx)
        external
        returns (bool)
    {
        _requireSameLength(dealid.length, idx.length);
        for (uint256 i = 0; i < dealid.length; ++i) {
            initialize(dealid[i], idx[i]);
        }
        return true;
    }

    /// @inheritdoc IHubTasks
    function claimArray(TaskId[] calldata taskid) external returns (bool) {
        for (uint256 i = 0; i < taskid.length; ++i) {
            claim(taskid[i]);
        }
        return true;
    }

    /// @inheritdoc IHubTasks
    function initializeAndClaimArray(DealId[] calldata dealid, uint256[] calldata idx)
        external
        returns (bool)
    {
        _requireSameLength(dealid.length, idx.length);
        for (uint256 i = 0; i < dealid.length; ++i) {
            claim(initialize(dealid[i], idx[i]));
        }
        return true;
    }

    /// @inheritdoc IHubTasks
    function retryCallback(TaskId taskid) external {
        TaskState storage task = _tasks[taskid];
        if (!task.callbackFailed) revert NoFailedCallback(taskid);
        task.callbackFailed = false;
        (Deal memory deal,) = DealRecords.load(task.dealid);
        (, bytes memory resultsCallback) = ResultRecords.load(taskid);
        IOracleConsumer(deal.callback).receiveResult(TaskId.unwrap(taskid), resultsCallback);
        emit CallbackRetried(taskid);
    }

    /// @dev The caller may settle the task alone: it is open, untouched, and asks for no vote.
    function _requireAlone(
        TaskId taskid,
        bytes32 resultDigest,
        address enclaveChallenge,
        bytes calldata enclaveSign,
        bytes calldata authorizationSign
    ) private view returns (Deal memory deal) {
        TaskState memory task = _tasks[taskid];
        deal = _requireOpen(taskid, task);
        if (task.contributors != 0) revert TaskHasContributions(taskid, task.contributors);
        if (deal.trust != 1) revert TrustNotOne(taskid, deal.trust);
        _requireAuthorized(taskid, deal, enclaveChallenge, authorizationSign);
        _requireEnclave(
            taskid,
            enclaveChallenge,
            _resultHash(taskid, resultDigest),
            _resultSeal(msg.sender, taskid, resultDigest),
            enclaveSign
        );
    }

    /// @dev An ACTIVE task to COMPLETED by its first contribution.
    function _complete(TaskId taskid, bytes32 resultDigest, address enclaveChallenge) private {
        TaskState storage stored = _tasks[taskid];
        (, uint256 timeref) = DealRecords.load(stored.dealid);
        stored.status = TaskStatus.COMPLETED;
        stored.revealDeadline = uint40(block.timestamp + timeref * REVEAL_DEADLINE_RATIO);
        stored.contributors = 1;
        stored.reveals = 1;
        stored.winners = 1;
        stored.winnerGroup = 1;
        ContributionState storage contribution = _contributions[taskid][0];
        contribution.worker = msg.sender;
        contribution.status = ContributionStatus.PROVED;
        contribution.groupValue = resultDigest;
        if (enclaveChallenge != address(0)) {
            contribution.hasEnclave = true;
            contribution.enclaveChallenge = enclaveChallenge;
        }
    }

    /// @dev A callback gets exactly the bytes that were agreed on; without one they are optional.
    function _requireCallbackDigest(
        TaskId taskid,
        Deal memory deal,
        bytes32 digest,
        bytes calldata resultsCallback
    ) private pure {
        if (deal.callback == address(0) && resultsCallback.length == 0) return;
        bytes32 found = keccak256(resultsCallback);
        if (found != digest) revert CallbackDigestMismatch(taskid, digest, found);
    }

    /// @dev Takes the payer's money, pays app and dataset, frees the pool's stake, opens the kitty. The
    /// pool's price stays in the hub: the caller distributes it.
    function _settle(TaskId taskid, Deal memory deal) private {
        bytes32 ref = TaskId.unwrap(taskid);
        _seize(deal.sponsor, _taskPrice(deal), ref);
        if (deal.app.price > 0) _reward(deal.app.owner, deal.app.price, ref);
        if (deal.dataset.price > 0) _reward(deal.dataset.owner, deal.dataset.price, ref);
        _unlock(deal.workerpool.owner, _poolStake(deal));
        uint256 kitty = _accounts[KITTY_ADDRESS].locked;
        if (kitty > 0) {
            kitty = Math.min(Math.max(kitty * KITTY_RATIO / 100, KITTY_MIN), kitty);
            _seize(KITTY_ADDRESS, kitty, ref);
            _reward(deal.workerpool.owner, kitty, ref);
        }
    }

    /// @dev Winners that revealed share the pot; all others lose their stake to it; what rounding down
    /// leaves goes to the pool's owner.
    function _distribute(TaskId taskid, Deal memory deal, uint256 count) private {
        bytes32 ref = TaskId.unwrap(taskid);
        (uint256 pot, uint256 totalLogWeight) = _pot(taskid, deal, count);
        uint256 workersReward = _workersShare(pot, deal);
        uint256 schedulerReward = pot;
        for (uint256 i = 0; i < count; ++i) {
            ContributionState storage contribution = _contributions[taskid][i];
            address worker = contribution.worker;
            if (contribution.status == ContributionStatus.PROVED) {
                uint256 reward = Math.mulDiv(workersReward, contribution.logWeight, totalLogWeight);
                schedulerReward -= reward;
                _unlock(worker, deal.workerStake);
                _reward(worker, reward, ref);
                if (count > 1) {
                    _scores[worker] += 1;
                    emit AccurateContribution(worker, taskid);
                }
            } else {
                _seize(worker, deal.workerStake, ref);
                _scores[worker] = Math.mulDiv(_scores[worker], 2, 3);
                emit FaultyContribution(worker, taskid);
            }
        }
        _reward(deal.workerpool.owner, schedulerReward, ref);
    }

    /// @dev One worker, no stake, no score.
    function _rewardAlone(TaskId taskid, Deal memory deal) private {
        bytes32 ref = TaskId.unwrap(taskid);
        uint256 workerReward = _workersShare(deal.workerpool.price, deal);
        _reward(msg.sender, workerReward, ref);
        _reward(deal.workerpool.owner, deal.workerpool.price - workerReward, ref);
    }

    function _pot(TaskId taskid, Deal memory deal, uint256 count)
        private
        view
        returns (uint256 pot, uint256 totalLogWeight)
    {
        pot = deal.workerpool.price;
        for (uint256 i = 0; i < count; ++i) {
            ContributionState storage contribution = _contributions[taskid][i];
            if (contribution.status == ContributionStatus.PROVED) {
                totalLogWeight += contribution.logWeight;
            } else {
                pot += deal.workerStake;
            }
        }
    }

    /// @dev Gives the result to the contract that waits for it. A refusal is recorded, not propagated.
    function _callBack(TaskId taskid, address target, bytes calldata resultsCallback) private {
        if (target == address(0)) return;
        uint256 callbackGas = _callbackGas;
        bytes memory message =
            abi.encodeCall(IOracleConsumer.receiveResult, (TaskId.unwrap(taskid), resultsCallback));
        bool success;
        bytes memory reason;
        // By hand, because a high-level call would copy all that a hostile contract returns.
        assembly ("memory-safe") {
            success := call(callbackGas, target, 0, add(message, 0x20), mload(message), 0, 0)
            if iszero(success) {
                let length := returndatasize()
                if gt(length, MAX_REASON_LENGTH) { length := MAX_REASON_LENGTH }
                reason := mload(0x40)
                mstore(reason, length)
                returndatacopy(add(reason, 0x20), 0, length)
                mstore(0x40, add(add(reason, 0x20), and(add(length, 0x1f), not(0x1f))))
            }
        }
        // With less than this left, the callback did not get all the gas it was promised.
        if (gasleft() <= callbackGas / 63) {
            revert CallbackGasMissing(taskid, gasleft(), callbackGas);
        }
        if (!success) {
            _tasks[taskid].callbackFailed = true;
            emit CallbackFailed(taskid, reason);
        }
    }

    function _taskPrice(Deal memory deal) private pure returns (uint256) {
        return deal.app.price + deal.dataset.price + deal.workerpool.price;
    }

    function _poolStake(Deal memory deal) private pure returns (uint256) {
        return deal.workerpool.price * WORKERPOOL_STAKE_RATIO / 100;
    }

    function _workersShare(uint256 pot, Deal memory deal) private pure returns (uint256) {
        return pot * (100 - deal.schedulerRewardRatio) / 100;
    }

    function _requireSameLength(uint256 first, uint256 second) private pure {
        if (first != second) revert ArrayLengthsDiffer(first, second);
    }
}
