// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import "../../src/interfaces/HubTypes.sol";
import {IHubTasks} from "../../src/interfaces/IHubTasks.sol";
import {HubFixture} from "../base/HubFixture.sol";
import {ScoreSetter} from "../base/ScoreSetter.sol";

/// @title When enough contributions agree: examples, and the hub against a model that counts from
/// scratch after every vote
contract ConsensusTest is HubFixture, ScoreSetter {
    uint256 private constant GROUPS = 3;

    /// @dev One vote of the model.
    struct Vote {
        address account;
        uint256 group;
        uint256 weight;
        bool isRejected;
    }

    Vote[] private _votes;

    function testNewWorkersNeededByTrust() public {
        _needs(0, 1);
        _needs(1, 1);
        _needs(2, 1);
        _needs(3, 2);
        _needs(4, 2);
        _needs(5, 3);
        _needs(8, 3);
        _needs(9, 4);
        _needs(16, 4);
        _needs(17, 5);
    }

    function testAGoodScoreCountsMore() public {
        TaskId taskid = activeTask(8);
        address veteran = worker(0);
        setScore(address(hub), veteran, 30);

        contribute(veteran, taskid, "r");

        _assertStatus(taskid, TaskStatus.REVEALING, "weight 9 beats trust 8");
        vm.assertEq(hub.viewContribution(taskid, veteran).weight, 3, "log2 of 9");
    }

    function testEmitsConsensusAndStartsTheRevealClock() public {
        TaskId taskid = activeTask(1);
        address account = worker(0);
        bytes32 resultHash = hashOf(taskid, "r");

        vm.expectEmit(address(hub));
        emit IHubTasks.TaskConsensus(taskid, resultHash);
        contribute(account, taskid, "r");

        Task memory task = hub.viewTask(taskid);
        vm.assertEq(task.consensusValue, resultHash, "consensus value");
        vm.assertEq(task.revealDeadline, block.timestamp + 2 * TIMEREF, "reveal deadline");
        vm.assertEq(task.winnerCounter, 1, "winners");
        vm.assertEq(task.revealCounter, 0, "reveals");
        vm.assertEq(task.resultDigest, bytes32(0), "no digest yet");
    }

    function testALiarDelaysButDoesNotWin() public {
        TaskId taskid = activeTask(3);
        contribute(worker(0), taskid, "truth");
        contribute(worker(1), taskid, "lie");
        contribute(worker(2), taskid, "truth");
        _assertStatus(taskid, TaskStatus.ACTIVE, "4 * 3 > 7 * 2 is false");

        contribute(worker(3), taskid, "truth");

        _assertStatus(taskid, TaskStatus.REVEALING, "8 * 3 > 11 * 2");
        vm.assertEq(hub.viewTask(taskid).winnerCounter, 3, "winners");
        vm.assertEq(hub.viewTask(taskid).consensusValue, hashOf(taskid, "truth"), "value");
    }

    function testRefusesWeightsThatDoNotFit() public {
        Orders memory orders = bagOrders(1, type(uint64).max);
        orders.pool.trust = type(uint64).max;
        TaskId taskid = hub.initialize(matchThem(signed(orders)), 0);
        for (uint256 i = 0; i < 3; ++i) {
            setScore(address(hub), worker(i), 3 << 60);
        }
        contribute(worker(0), taskid, "a");
        contribute(worker(1), taskid, "b");
        uint256 weight = uint256((1 << 60) - 1) ** 2;
        bytes memory authorization = authorize(worker(2), taskid);
        address account = worker(2);

        vm.expectRevert(
            abi.encodeWithSelector(
                IHubTasks.ConsensusWeightTooWide.selector, taskid, weight, type(uint64).max
            )
        );
        vm.prank(account);
        hub.contribute(taskid, hashOf(taskid, "a"), "s", address(0), "", authorization);
    }

    /// @dev Random workers vote for random results; whenever they agree, nobody reveals and the task is
    /// re-opened, so that groups die and come back.
    /// forge-config: default.fuzz.runs = 64
    /// forge-config: ci.fuzz.runs = 1000
    function testFollowsTheModel(uint256 seed, uint256 trustSeed) public {
        uint256 trust = bound(trustSeed, 0, 40);
        TaskId taskid = activeTask(trust);
        for (uint256 i = 0; i < 12; ++i) {
            uint256 random = uint256(keccak256(abi.encode(seed, i)));
            address account = worker(i);
            setScore(address(hub), account, (random >> 8) % 40);
            _votes.push(Vote(account, random % GROUPS, _weightOf((random >> 8) % 40), false));
            contribute(account, taskid, bytes32(random % GROUPS));
            bool agreed = _agreed(random % GROUPS, trust);
            Task memory task = hub.viewTask(taskid);
            vm.assertEq(
                uint256(task.status),
                uint256(agreed ? TaskStatus.REVEALING : TaskStatus.ACTIVE),
                "status"
            );
            if (!agreed) continue;
            vm.assertEq(task.winnerCounter, _members(random % GROUPS), "winners");
            vm.assertEq(
                task.consensusValue, hashOf(taskid, bytes32(random % GROUPS)), "consensus value"
            );
            if (task.revealDeadline >= task.contributionDeadline) return;
            vm.warp(task.revealDeadline);
            vm.prank(poolOwner);
            hub.reopen(taskid);
            _rejectAll(random % GROUPS);
            _assertRejections(taskid);
        }
    }

    function _weightOf(uint256 score) private pure returns (uint256) {
        return score / 3 > 3 ? score / 3 - 1 : 2;
    }

    /// @dev weight(group) * trust > (1 + sum of all weights) * (trust - 1), weights being products.
    function _agreed(uint256 group, uint256 trust) private view returns (bool) {
        uint256 effective = trust > 1 ? trust : 1;
        uint256 total = 1;
        for (uint256 g = 0; g < GROUPS; ++g) {
            total += _groupWeight(g);
        }
        return _groupWeight(group) * effective > total * (effective - 1);
    }

    function _groupWeight(uint256 group) private view returns (uint256 product) {
        for (uint256 i = 0; i < _votes.length; ++i) {
            if (_votes[i].group != group || _votes[i].isRejected) continue;
            product = (product == 0 ? 1 : product) * _votes[i].weight;
        }
    }

    function _members(uint256 group) private view returns (uint256 count) {
        for (uint256 i = 0; i < _votes.length; ++i) {
            if (_votes[i].group == group && !_votes[i].isRejected) ++count;
        }
    }

    function _rejectAll(uint256 group) private {
        for (uint256 i = 0; i < _votes.length; ++i) {
            if (_votes[i].group == group) _votes[i].isRejected = true;
        }
    }

    function _assertRejections(TaskId taskid) private view {
        for (uint256 i = 0; i < _votes.length; ++i) {
            Contribution memory found = hub.viewContribution(taskid, _votes[i].account);
            vm.assertEq(
                uint256(found.status),
                uint256(
                    _votes[i].isRejected
                        ? ContributionStatus.REJECTED
                        : ContributionStatus.CONTRIBUTED
                ),
                "contribution status"
            );
        }
    }

    function _needs(uint256 trust, uint256 workers) private {
        TaskId taskid = activeTask(trust);
        for (uint256 i = 0; i < workers; ++i) {
            _assertStatus(taskid, TaskStatus.ACTIVE, "too early");
            contribute(worker(i), taskid, "r");
        }
        _assertStatus(taskid, TaskStatus.REVEALING, "enough");
        vm.assertEq(hub.viewTask(taskid).winnerCounter, workers, "winners");
    }

    function _assertStatus(TaskId taskid, TaskStatus status, string memory what) private view {
        vm.assertEq(uint256(hub.viewTask(taskid).status), uint256(status), what);
    }
}
