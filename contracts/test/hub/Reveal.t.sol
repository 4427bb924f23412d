// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import "../../src/interfaces/HubTypes.sol";
import {IHubTasks} from "../../src/interfaces/IHubTasks.sol";
import {HubFixture} from "../base/HubFixture.sol";

contract RevealTest is HubFixture {
    bytes32 private constant DIGEST = keccak256("result");
    TaskId private _task;
    address private _first;
    address private _liar;
    address private _second;
    address private _third;

    /// @dev Trust 3: first and second agree, the liar does not, the third settles it.
    function setUp() public override {
        super.setUp();
        (_first, _liar, _second, _third) = (worker(0), worker(1), worker(2), worker(3));
        _task = activeTask(3);
        contribute(_first, _task, DIGEST);
        contribute(_liar, _task, "lie");
        contribute(_second, _task, DIGEST);
        contribute(_third, _task, DIGEST);
    }

    function testRefusesBeforeConsensus() public {
        TaskId active = activeTask(3);
        contribute(_first, active, DIGEST);

        vm.expectRevert(
            abi.encodeWithSelector(IHubTasks.TaskNotRevealing.selector, active, TaskStatus.ACTIVE)
        );
        reveal(_first, active, DIGEST);
    }

    function testRefusesAtTheDeadline() public {
        uint256 deadline = hub.viewTask(_task).revealDeadline;
        vm.warp(deadline);

        vm.expectRevert(
            abi.encodeWithSelector(IHubTasks.TooLate.selector, _task, deadline, deadline)
        );
        reveal(_first, _task, DIGEST);
        vm.warp(deadline - 1);
        reveal(_first, _task, DIGEST);
    }

    function testRefusesLosersStrangersAndRepetition() public {
        vm.expectRevert(abi.encodeWithSelector(IHubTasks.NotAWinner.selector, _task, _liar));
        reveal(_liar, _task, "lie");
        vm.expectRevert(abi.encodeWithSelector(IHubTasks.NotAWinner.selector, _task, requester));
        reveal(requester, _task, DIGEST);
        reveal(_first, _task, DIGEST);
        vm.expectRevert(abi.encodeWithSelector(IHubTasks.NotAWinner.selector, _task, _first));
        reveal(_first, _task, DIGEST);
    }

    function testRefusesAnotherDigestBeforeAndAfterTheFirstReveal(bytes32 digest) public {
        if (digest == DIGEST) return;
        bytes memory error =
            abi.encodeWithSelector(IHubTasks.DigestMismatch.selector, _task, _second, digest);
        vm.expectRevert(error);
        reveal(_second, _task, digest);
        reveal(_first, _task, DIGEST);
        vm.expectRevert(error);
        reveal(_second, _task, digest);
    }

    function testACopiedHashDoesNotHelpWithoutTheSeal() public {
        TaskId task = activeTask(3);
        contribute(_first, task, DIGEST);
        bytes32 copied = hub.viewContribution(task, _first).resultHash;
        bytes memory authorization = authorize(_second, task);
        vm.prank(_second);
        hub.contribute(task, copied, "made up", address(0), "", authorization);

        reveal(_first, task, DIGEST);
        vm.expectRevert(
            abi.encodeWithSelector(IHubTasks.DigestMismatch.selector, task, _second, DIGEST)
        );
        reveal(_second, task, DIGEST);
    }

    function testProvesAContribution() public {
        vm.expectEmit(address(hub));
        emit IHubTasks.TaskReveal(_task, _second, DIGEST);
        reveal(_second, _task, DIGEST);

        Task memory task = hub.viewTask(_task);
        vm.assertEq(task.revealCounter, 1, "reveals");
        vm.assertEq(task.winnerCounter, 3, "winners");
        vm.assertEq(task.resultDigest, DIGEST, "digest");
        vm.assertEq(task.consensusValue, hashOf(_task, DIGEST), "consensus value stays");
        _assertContribution(_second, ContributionStatus.PROVED, DIGEST);
        _assertContribution(_first, ContributionStatus.CONTRIBUTED, DIGEST);
        _assertContribution(_third, ContributionStatus.CONTRIBUTED, DIGEST);
        _assertContribution(_liar, ContributionStatus.CONTRIBUTED, "lie");
    }

    function testEveryWinnerReveals() public {
        reveal(_first, _task, DIGEST);
        reveal(_second, _task, DIGEST);
        reveal(_third, _task, DIGEST);

        vm.assertEq(hub.viewTask(_task).revealCounter, 3, "reveals");
        _assertContribution(_first, ContributionStatus.PROVED, DIGEST);
        _assertContribution(_second, ContributionStatus.PROVED, DIGEST);
        _assertContribution(_third, ContributionStatus.PROVED, DIGEST);
        _assertContribution(_liar, ContributionStatus.CONTRIBUTED, "lie");
    }

    function _assertContribution(address account, ContributionStatus status, bytes32 digest)
        private
        view
    {
        Contribution memory found = hub.viewContribution(_task, account);
        vm.assertEq(uint256(found.status), uint256(status), "status");
        vm.assertEq(found.resultHash, hashOf(_task, digest), "hash");
        vm.assertEq(found.resultSeal, sealOf(account, _task, digest), "seal");
    }
}
