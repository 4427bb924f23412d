// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import "../../src/interfaces/HubTypes.sol";
import {IWorkerAccount} from "../../src/interfaces/IWorkerAccount.sol";
import {WorkerFixture} from "./WorkerFixture.sol";

/// @title How much of the account's deposit one machine can lock
contract WorkerCapsTest is WorkerFixture {
    function testRefusesMoreThanTheCap() public {
        for (uint256 i = 0; i < 3; ++i) {
            contributeBy(MACHINE, activeTask(1), DIGEST);
        }
        TaskId taskid = activeTask(1);
        bytes memory authorization = authorize(address(account), taskid);

        _refuseStake(CAP, CAP);
        vm.prank(MACHINE);
        _contribute(taskid, DIGEST, authorization);

        contributeBy(OTHER_MACHINE, taskid, DIGEST);
        vm.assertEq(lockedBy(OTHER_MACHINE), WORKER_STAKE, "caps are each machine's own");
    }

    function testRefusesOneUnitTooLittle() public {
        setCap(MACHINE, uint96(WORKER_STAKE - 1));
        TaskId taskid = activeTask(1);
        bytes memory authorization = authorize(address(account), taskid);

        _refuseStake(0, WORKER_STAKE - 1);
        vm.prank(MACHINE);
        _contribute(taskid, DIGEST, authorization);
    }

    function testALowerCapStopsNewStakesOnly() public {
        TaskId taskid = activeTask(1);
        contributeBy(MACHINE, taskid, DIGEST);
        setCap(MACHINE, 0);
        TaskId next = activeTask(1);
        bytes memory authorization = authorize(address(account), next);

        _refuseStake(WORKER_STAKE, 0);
        vm.prank(MACHINE);
        _contribute(next, DIGEST, authorization);

        revealBy(MACHINE, taskid);
        vm.assertEq(hub.viewTask(taskid).revealCounter, 1, "revealed");
    }

    function testRemovalDoesNotForgetWhatIsLocked() public {
        setCap(MACHINE, uint96(WORKER_STAKE));
        contributeBy(MACHINE, activeTask(1), DIGEST);
        removeMachine(MACHINE);
        setCap(MACHINE, uint96(WORKER_STAKE));
        TaskId taskid = activeTask(1);
        bytes memory authorization = authorize(address(account), taskid);

        _refuseStake(WORKER_STAKE, WORKER_STAKE);
        vm.prank(MACHINE);
        _contribute(taskid, DIGEST, authorization);
    }

    function testATaskThatIsOnlyRevealedStillCounts() public {
        TaskId taskid = activeTask(1);
        contributeBy(MACHINE, taskid, DIGEST);
        revealBy(MACHINE, taskid);

        vm.assertEq(account.settle(MACHINE, 0, 10), 0, "nothing released");
        vm.assertEq(lockedBy(MACHINE), WORKER_STAKE, "counted");
    }

    function testAReopenedTaskStillCounts() public {
        TaskId taskid = activeTask(1);
        contributeBy(MACHINE, taskid, DIGEST);
        vm.warp(hub.viewTask(taskid).revealDeadline);
        vm.prank(poolOwner);
        hub.reopen(taskid);

        vm.assertEq(account.settle(MACHINE, 0, 10), 0, "the hub still holds it");
    }

    function testFreedByFinalizeWhenTheNextOneNeedsIt() public {
        setCap(MACHINE, uint96(WORKER_STAKE));
        TaskId done = completeTask(MACHINE);
        vm.assertEq(lockedBy(MACHINE), WORKER_STAKE, "lazily");
        TaskId taskid = activeTask(1);

        vm.expectEmit(address(account));
        emit IWorkerAccount.StakeReleased(MACHINE, done, WORKER_STAKE);
        vm.expectEmit(address(account));
        emit IWorkerAccount.StakeLocked(MACHINE, taskid, WORKER_STAKE);
        contributeBy(MACHINE, taskid, DIGEST);

        vm.assertEq(lockedBy(MACHINE), WORKER_STAKE, "the new one's");
        vm.assertEq(openOf(MACHINE), 1, "one open");
        vm.assertEq(TaskId.unwrap(account.viewOpenTask(MACHINE, 0)), TaskId.unwrap(taskid), "new");
    }

    function testFreedByClaim() public {
        TaskId taskid = activeTask(16);
        contributeBy(MACHINE, taskid, DIGEST);
        passFinalDeadline(taskid);
        hub.claim(taskid);

        vm.prank(STRANGER);
        vm.assertEq(account.settle(MACHINE, 0, 1), WORKER_STAKE, "released");
        vm.assertEq(lockedBy(MACHINE), 0, "counted");
        vm.assertEq(stakeOf(address(account)), DEPOSIT, "stake is back");
    }

    function testALostVoteUsesTheCapUp() public {
        setCap(MACHINE, uint96(WORKER_STAKE));
        TaskId taskid = activeTask(3);
        contributeBy(MACHINE, taskid, "lie");
        for (uint256 i = 0; i < 3; ++i) {
            contribute(worker(i), taskid, DIGEST);
        }
        for (uint256 i = 0; i < 3; ++i) {
            reveal(worker(i), taskid, DIGEST);
        }
        finalize(taskid, "location");

        vm.assertEq(account.settle(MACHINE, 0, 1), 0, "nothing released");
        vm.assertEq(openOf(MACHINE), 0, "but settled");
        vm.assertEq(stakeOf(address(account)), DEPOSIT - WORKER_STAKE, "seized");
        vm.assertEq(lockedOf(address(account)), 0, "nothing locked");

        TaskId next = activeTask(1);
        bytes memory authorization = authorize(address(account), next);
        _refuseStake(WORKER_STAKE, WORKER_STAKE);
        vm.prank(MACHINE);
        _contribute(next, DIGEST, authorization);

        setCap(MACHINE, uint96(2 * WORKER_STAKE));
        contributeBy(MACHINE, next, DIGEST);
        vm.assertEq(openOf(MACHINE), 1, "the owner gave room");
    }

    function testAContributionLooksAtFourTasksOnly() public {
        setCap(MACHINE, uint96(5 * WORKER_STAKE));
        for (uint256 i = 0; i < 4; ++i) {
            contributeBy(MACHINE, activeTask(16), DIGEST);
        }
        completeTask(MACHINE);
        TaskId taskid = activeTask(1);
        bytes memory authorization = authorize(address(account), taskid);

        _refuseStake(5 * WORKER_STAKE, 5 * WORKER_STAKE);
        vm.prank(MACHINE);
        _contribute(taskid, DIGEST, authorization);

        vm.assertEq(account.settle(MACHINE, 4, 1), WORKER_STAKE, "the fifth by hand");
        contributeBy(MACHINE, taskid, DIGEST);
        vm.assertEq(openOf(MACHINE), 5, "room for one");
    }

    function testSettlesARangeAndNoMore() public {
        for (uint256 i = 0; i < 3; ++i) {
            completeTask(MACHINE);
        }

        vm.assertEq(account.settle(MACHINE, 3, 1), 0, "beyond");
        vm.assertEq(account.settle(MACHINE, type(uint256).max, type(uint256).max), 0, "far beyond");
        vm.assertEq(account.settle(MACHINE, 0, 0), 0, "none");
        vm.assertEq(account.settle(MACHINE, 1, 1), WORKER_STAKE, "the middle");
        vm.assertEq(openOf(MACHINE), 2, "two left");
        vm.assertEq(account.settle(MACHINE, 0, type(uint256).max), 2 * WORKER_STAKE, "the rest");
        vm.assertEq(openOf(MACHINE), 0, "none left");
        vm.assertEq(account.settle(MACHINE, 0, 9), 0, "nothing twice");
    }

    /// @dev Random prices and ends, the machine's count beside a model and beside the hub.
    function testCountsExactlyWhatIsLocked(uint256 seed, uint96 cap) public {
        cap = uint96(bound(cap, 0, 20 * WORKER_STAKE));
        setCap(MACHINE, cap);
        uint256 locked = 0;
        for (uint256 i = 0; i < 8; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            (TaskId taskid, uint256 stake) = _pricedTask(seed % 1e8);
            if (locked + stake > cap) {
                bytes memory authorization = authorize(address(account), taskid);
                _refuseAnyStake();
                vm.prank(MACHINE);
                _contribute(taskid, DIGEST, authorization);
                continue;
            }
            contributeBy(MACHINE, taskid, DIGEST);
            locked += stake;
            if (seed >> 255 == 1) {
                revealBy(OTHER_MACHINE, taskid);
                finalize(taskid, "location");
                vm.assertEq(account.settle(MACHINE, 0, 8), stake, "released");
                locked -= stake;
            }
            vm.assertEq(lockedBy(MACHINE), locked, "model");
            vm.assertEq(lockedOf(address(account)), locked, "hub");
            vm.assertLe(locked, cap, "cap");
        }
    }

    function _pricedTask(uint256 price) private returns (TaskId taskid, uint256 stake) {
        Orders memory orders = standardOrders();
        orders.pool.workerpoolprice = price;
        orders.request.workerpoolmaxprice = price;
        DealId dealid = matchThem(signed(orders));
        return (hub.initialize(dealid, 0), hub.viewDeal(dealid).workerStake);
    }

    function _refuseStake(uint256 locked, uint256 cap) private {
        vm.expectRevert(
            abi.encodeWithSelector(
                IWorkerAccount.StakeCapExceeded.selector, MACHINE, locked, WORKER_STAKE, cap
            )
        );
    }

    function _refuseAnyStake() private {
        vm.expectPartialRevert(IWorkerAccount.StakeCapExceeded.selector);
    }
}
