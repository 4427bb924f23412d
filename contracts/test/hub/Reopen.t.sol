// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import "../../src/interfaces/HubTypes.sol";
import {IHubTasks} from "../../src/interfaces/IHubTasks.sol";
import {HubFixture} from "../base/HubFixture.sol";

contract ReopenTest is HubFixture {
    TaskId private _task;

    function setUp() public override {
        super.setUp();
        _task = activeTask(1);
        contribute(worker(0), _task, "r");
    }

    function testRefusesATaskThatIsNotRevealing() public {
        TaskId active = activeTask(3);

        vm.expectRevert(
            abi.encodeWithSelector(IHubTasks.TaskNotRevealing.selector, active, TaskStatus.ACTIVE)
        );
        _reopen(active);
    }

    function testRefusesAnybodyButTheScheduler() public {
        vm.expectRevert(
            abi.encodeWithSelector(IHubTasks.NotScheduler.selector, _task, poolOwner, requester)
        );
        vm.prank(requester);
        hub.reopen(_task);
    }

    function testRefusesBeforeTheRevealDeadline() public {
        uint256 deadline = hub.viewTask(_task).revealDeadline;
        vm.warp(deadline - 1);

        vm.expectRevert(
            abi.encodeWithSelector(IHubTasks.TooEarly.selector, _task, deadline, deadline - 1)
        );
        _reopen(_task);
    }

    function testRefusesAfterTheFinalDeadline() public {
        uint256 deadline = hub.viewTask(_task).finalDeadline;
        vm.warp(deadline);

        vm.expectRevert(
            abi.encodeWithSelector(IHubTasks.TooLate.selector, _task, deadline, deadline)
        );
        _reopen(_task);
    }

    function testRefusesWhenSomebodyRevealed() public {
        reveal(worker(0), _task, "r");
        vm.warp(hub.viewTask(_task).revealDeadline);

        vm.expectRevert(abi.encodeWithSelector(IHubTasks.AlreadyRevealed.selector, _task, 1));
        _reopen(_task);
    }

    function testRejectsTheSilentWinners() public {
        uint256 contributionDeadline = hub.viewTask(_task).contributionDeadline;
        vm.warp(hub.viewTask(_task).revealDeadline);

        vm.expectEmit(address(hub));
        emit IHubTasks.TaskReopen(_task);
        _reopen(_task);

        Task memory task = hub.viewTask(_task);
        vm.assertEq(uint256(task.status), uint256(TaskStatus.ACTIVE), "status");
        vm.assertEq(task.consensusValue, bytes32(0), "consensus value");
        vm.assertEq(task.revealDeadline, 0, "reveal deadline");
        vm.assertEq(task.winnerCounter, 0, "winners");
        vm.assertEq(task.contributionDeadline, contributionDeadline, "contribution deadline");
        Contribution memory rejected = hub.viewContribution(_task, worker(0));
        vm.assertEq(uint256(rejected.status), uint256(ContributionStatus.REJECTED), "rejected");
        vm.assertEq(rejected.resultHash, hashOf(_task, "r"), "hash stays");
        vm.assertEq(lockedOf(worker(0)), WORKER_STAKE, "stake stays locked");
    }

    function testOthersMayFinishTheSameResultAndTheSilentOnePays() public {
        vm.warp(hub.viewTask(_task).revealDeadline);
        _reopen(_task);
        contribute(worker(1), _task, "r");
        reveal(worker(1), _task, "r");

        finalize(_task, "done");

        vm.assertEq(hub.viewTask(_task).winnerCounter, 1, "one winner");
        vm.assertEq(stakeOf(worker(0)), DEPOSIT - WORKER_STAKE, "lost the stake");
        vm.assertEq(lockedOf(worker(0)), 0, "nothing left locked");
        // 99 % of the price and of the lost stake, all to the one who revealed.
        uint256 reward = (POOL_PRICE + WORKER_STAKE) * 99 / 100;
        vm.assertEq(stakeOf(worker(1)), DEPOSIT + reward, "reward");
    }

    function _reopen(TaskId taskid) private {
        vm.prank(poolOwner);
        hub.reopen(taskid);
    }
}
