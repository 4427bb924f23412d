// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import "../../src/interfaces/HubTypes.sol";
import {IHubTasks} from "../../src/interfaces/IHubTasks.sol";
import {IWorkerAccount} from "../../src/interfaces/IWorkerAccount.sol";
import {WorkerFixture} from "./WorkerFixture.sol";

/// @title What machines do through the account, on the real hub
contract WorkerWorkTest is WorkerFixture {
    function testRefusesAStrangersContribution() public {
        TaskId taskid = activeTask(1);
        bytes memory authorization = authorize(address(account), taskid);

        _refuseMachine(STRANGER);
        vm.prank(STRANGER);
        _contribute(taskid, DIGEST, authorization);

        _refuseMachine(OWNER);
        vm.prank(OWNER);
        _contribute(taskid, DIGEST, authorization);
    }

    function testRefusesAStrangersContributeAndFinalize() public {
        TaskId taskid = activeTask(1);
        bytes memory authorization = authorize(address(account), taskid);

        _refuseMachine(STRANGER);
        vm.prank(STRANGER);
        account.contributeAndFinalize(taskid, DIGEST, "", "", address(0), "", authorization);
    }

    function testRefusesAStrangersReveal() public {
        TaskId taskid = activeTask(1);
        contributeBy(MACHINE, taskid, DIGEST);

        _refuseMachine(STRANGER);
        revealBy(STRANGER, taskid);
    }

    function testRefusesWhatTheHubRefuses() public {
        TaskId taskid = activeTask(1);
        bytes memory forMachine = authorize(MACHINE, taskid);

        vm.expectRevert(
            abi.encodeWithSelector(
                IHubTasks.BadAuthorization.selector, taskid, address(account), poolOwner
            )
        );
        vm.prank(MACHINE);
        _contribute(taskid, DIGEST, forMachine);

        vm.expectRevert(
            abi.encodeWithSelector(IHubTasks.TaskNotRevealing.selector, taskid, TaskStatus.ACTIVE)
        );
        revealBy(MACHINE, taskid);
    }

    function testRefusesTwoMachinesOnOneTask() public {
        TaskId taskid = activeTask(16);
        contributeBy(MACHINE, taskid, DIGEST);
        bytes memory authorization = authorize(address(account), taskid);

        vm.expectRevert(
            abi.encodeWithSelector(IHubTasks.AlreadyContributed.selector, taskid, address(account))
        );
        vm.prank(OTHER_MACHINE);
        _contribute(taskid, DIGEST, authorization);
    }

    function testRefusesARevokedMachineAtOnce() public {
        TaskId taskid = activeTask(1);
        contributeBy(MACHINE, taskid, DIGEST);
        TaskId next = activeTask(1);
        bytes memory authorization = authorize(address(account), next);
        removeMachine(MACHINE);

        _refuseMachine(MACHINE);
        vm.prank(MACHINE);
        _contribute(next, DIGEST, authorization);
        _refuseMachine(MACHINE);
        vm.prank(MACHINE);
        account.contributeAndFinalize(next, DIGEST, "", "", address(0), "", authorization);
        _refuseMachine(MACHINE);
        revealBy(MACHINE, taskid);
    }

    function testWorksAndIsPaid() public {
        TaskId taskid = activeTask(1);

        vm.expectEmit(address(hub));
        emit IHubTasks.TaskContribute(taskid, address(account), hashOf(taskid, DIGEST));
        vm.expectEmit(address(account));
        emit IWorkerAccount.StakeLocked(MACHINE, taskid, WORKER_STAKE);
        contributeBy(MACHINE, taskid, DIGEST);
        vm.assertEq(lockedOf(address(account)), WORKER_STAKE, "locked in the hub");
        vm.assertEq(lockedBy(MACHINE), WORKER_STAKE, "counted for the machine");
        vm.assertEq(TaskId.unwrap(account.viewOpenTask(MACHINE, 0)), TaskId.unwrap(taskid), "open");
        vm.assertEq(TaskId.unwrap(account.viewOpenTask(MACHINE, 1)), 0, "no other");
        vm.assertEq(lockedBy(OTHER_MACHINE), 0, "not for the other");

        vm.expectEmit(address(hub));
        emit IHubTasks.TaskReveal(taskid, address(account), DIGEST);
        revealBy(MACHINE, taskid);
        finalize(taskid, "location");

        uint256 reward = POOL_PRICE * 99 / 100;
        vm.assertEq(stakeOf(address(account)), DEPOSIT + reward, "stake back, reward there");
        vm.prank(OWNER);
        vm.assertTrue(account.withdrawTo(DEPOSIT + reward, OWNER), "paid out");
        vm.assertEq(ruc.balanceOf(OWNER), DEPOSIT + reward, "owner's tokens");
    }

    function testContributesAndFinalizesWithoutAnyCap() public {
        setCap(MACHINE, 0);
        TaskId taskid = activeTask(1);
        bytes memory authorization = authorize(address(account), taskid);

        vm.prank(MACHINE);
        account.contributeAndFinalize(taskid, DIGEST, "location", "", address(0), "", authorization);

        vm.assertEq(uint256(hub.viewTask(taskid).status), uint256(TaskStatus.COMPLETED), "status");
        vm.assertEq(stakeOf(address(account)), DEPOSIT + POOL_PRICE * 99 / 100, "reward");
        vm.assertEq(openOf(MACHINE), 0, "nothing counted");
    }

    function testTheOwnerRevealsForARevokedMachine() public {
        TaskId taskid = activeTask(1);
        contributeBy(MACHINE, taskid, DIGEST);
        removeMachine(MACHINE);

        revealBy(OWNER, taskid);

        vm.assertEq(hub.viewTask(taskid).revealCounter, 1, "revealed");
    }

    function testAnotherMachineRevealsForARevokedOne() public {
        TaskId taskid = activeTask(1);
        contributeBy(MACHINE, taskid, DIGEST);
        removeMachine(MACHINE);

        revealBy(OTHER_MACHINE, taskid);

        vm.assertEq(
            uint256(hub.viewContribution(taskid, address(account)).status),
            uint256(ContributionStatus.PROVED),
            "proved"
        );
    }

    function testATaskWithoutStakeIsNotCounted() public {
        setCap(MACHINE, 0);
        Orders memory orders = standardOrders();
        orders.pool.workerpoolprice = 0;
        TaskId taskid = hub.initialize(matchThem(signed(orders)), 0);

        contributeBy(MACHINE, taskid, DIGEST);

        vm.assertEq(openOf(MACHINE), 0, "nothing counted");
    }

    function testAccountsScoreIsItsOwn() public {
        TaskId taskid = activeTask(3);
        contributeBy(MACHINE, taskid, DIGEST);
        contribute(worker(1), taskid, DIGEST);
        revealBy(MACHINE, taskid);
        reveal(worker(1), taskid, DIGEST);
        finalize(taskid, "location");

        vm.assertEq(hub.viewScore(address(account)), 1, "the account's");
        vm.assertEq(hub.viewScore(MACHINE), 0, "not the machine's");
    }

    function _refuseMachine(address machine) private {
        vm.expectRevert(abi.encodeWithSelector(IWorkerAccount.NotAMachine.selector, machine));
    }
}
