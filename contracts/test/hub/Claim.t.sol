// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import "../../src/interfaces/HubTypes.sol";
import {IHubDeposits} from "../../src/interfaces/IHubDeposits.sol";
import {IHubTasks} from "../../src/interfaces/IHubTasks.sol";
import {HubFixture} from "../base/HubFixture.sol";

contract ClaimTest is HubFixture {
    bytes32 private constant DIGEST = keccak256("result");
    uint256 private constant KITTY_MIN = 1e9;
    TaskId private _task;

    function setUp() public override {
        super.setUp();
        _task = activeTask(3);
    }

    function testRefusesBeforeTheFinalDeadline() public {
        uint256 deadline = hub.viewTask(_task).finalDeadline;
        vm.warp(deadline - 1);

        vm.expectRevert(
            abi.encodeWithSelector(IHubTasks.TooEarly.selector, _task, deadline, deadline - 1)
        );
        hub.claim(_task);
    }

    function testRefusesTasksThatAreNotOpen() public {
        TaskId unknown = TaskId.wrap("nothing");
        vm.expectRevert(
            abi.encodeWithSelector(IHubTasks.TaskNotOpen.selector, unknown, TaskStatus.UNSET)
        );
        hub.claim(unknown);
        TaskId done = activeTask(1);
        contribute(worker(0), done, DIGEST);
        reveal(worker(0), done, DIGEST);
        finalize(done, "");
        passFinalDeadline(done);
        vm.expectRevert(
            abi.encodeWithSelector(IHubTasks.TaskNotOpen.selector, done, TaskStatus.COMPLETED)
        );
        hub.claim(done);
    }

    function testATaskIsClaimedOnce() public {
        passFinalDeadline(_task);
        hub.claim(_task);

        vm.expectRevert(
            abi.encodeWithSelector(IHubTasks.TaskNotOpen.selector, _task, TaskStatus.FAILED)
        );
        hub.claim(_task);
    }

    function testRefundsThePayerAndFeedsTheKitty() public {
        contribute(worker(0), _task, DIGEST);
        contribute(worker(1), _task, "lie");
        passFinalDeadline(_task);
        bytes32 ref = TaskId.unwrap(_task);

        vm.expectEmit(address(hub));
        emit IHubDeposits.Unlock(requester, APP_PRICE + POOL_PRICE);
        vm.expectEmit(address(hub));
        emit IHubDeposits.Seize(poolOwner, POOL_STAKE, ref);
        vm.expectEmit(address(hub));
        emit IHubDeposits.Reward(KITTY, POOL_STAKE, ref);
        vm.expectEmit(address(hub));
        emit IHubDeposits.Lock(KITTY, POOL_STAKE);
        vm.expectEmit(address(hub));
        emit IHubTasks.TaskClaimed(_task);
        vm.prank(address(0xaaaa));
        hub.claim(_task);

        vm.assertEq(uint256(hub.viewTask(_task).status), uint256(TaskStatus.FAILED), "status");
        vm.assertEq(stakeOf(requester), DEPOSIT, "requester");
        vm.assertEq(stakeOf(poolOwner), DEPOSIT - POOL_STAKE, "pool owner");
        vm.assertEq(lockedOf(KITTY), POOL_STAKE, "kitty");
        vm.assertEq(stakeOf(worker(0)), DEPOSIT, "honest worker");
        vm.assertEq(stakeOf(worker(1)), DEPOSIT, "liar");
        vm.assertEq(stakeOf(appOwner), 0, "app owner");
        vm.assertEq(hub.balanceOf(address(hub)), POOL_STAKE, "only the kitty is locked");
    }

    function testClaimsDuringReveals() public {
        contribute(worker(0), _task, DIGEST);
        contribute(worker(1), _task, DIGEST);
        reveal(worker(0), _task, DIGEST);
        passFinalDeadline(_task);

        hub.claim(_task);

        vm.assertEq(stakeOf(worker(0)), DEPOSIT, "revealed");
        vm.assertEq(stakeOf(worker(1)), DEPOSIT, "silent");
    }

    function testRefundsTheSponsor() public {
        address sponsor = address(0x5b);
        _fund(sponsor);
        Orders memory orders = signed(standardOrders());
        vm.prank(sponsor);
        DealId dealid =
            hub.sponsorMatchOrders(orders.app, orders.dataset, orders.pool, orders.request);
        vm.warp(block.timestamp + 10 * TIMEREF);

        hub.claim(hub.initialize(dealid, 0));

        vm.assertEq(stakeOf(sponsor), DEPOSIT, "sponsor");
    }

    function testClaimsManyAndInitializesOnTheWay() public {
        DealId dealid = matchThem(signed(bagOrders(4, 1)));
        TaskId[] memory open = new TaskId[](2);
        (open[0], open[1]) = (hub.initialize(dealid, 0), hub.initialize(dealid, 1));
        DealId[] memory deals = new DealId[](2);
        (deals[0], deals[1]) = (dealid, dealid);
        uint256[] memory indexes = new uint256[](2);
        (indexes[0], indexes[1]) = (2, 3);
        vm.warp(block.timestamp + 10 * TIMEREF);

        vm.assertTrue(hub.claimArray(open), "claimArray");
        vm.assertTrue(hub.initializeAndClaimArray(deals, indexes), "initializeAndClaimArray");
        hub.claim(_task);

        vm.assertEq(stakeOf(requester), DEPOSIT, "all refunded");
        vm.assertEq(lockedOf(KITTY), 5 * POOL_STAKE, "all stakes in the kitty");
        vm.expectRevert(abi.encodeWithSelector(IHubTasks.ArrayLengthsDiffer.selector, 2, 1));
        hub.initializeAndClaimArray(deals, new uint256[](1));
    }

    function testTheKittyPaysPoolsThatSucceed() public {
        uint256 kitty = _fillKitty(1e11);

        _succeed();

        vm.assertEq(lockedOf(KITTY), kitty - kitty / 10, "ten percent");
    }

    function testTheKittyPaysAtLeastItsMinimum() public {
        uint256 kitty = _fillKitty(5e9);

        _succeed();

        vm.assertEq(lockedOf(KITTY), kitty - KITTY_MIN, "the minimum");
    }

    function testTheKittyPaysAtMostWhatItHas() public {
        _fillKitty(1e8);
        uint256 before = stakeOf(poolOwner);

        uint256 poolReward = _succeed();

        vm.assertEq(lockedOf(KITTY), 0, "all");
        vm.assertEq(stakeOf(poolOwner), before + poolReward + 3e7, "pool owner");
    }

    /// @dev Lets a task of this price fail, so that 30 % of it lands in the kitty.
    function _fillKitty(uint256 price) private returns (uint256) {
        Orders memory orders = standardOrders();
        orders.pool.workerpoolprice = orders.request.workerpoolmaxprice = price;
        DealId dealid = matchThem(signed(orders));
        vm.warp(block.timestamp + 10 * TIMEREF);
        hub.claim(hub.initialize(dealid, 0));
        vm.assertEq(lockedOf(KITTY), price * 30 / 100, "kitty filled");
        return lockedOf(KITTY);
    }

    function _succeed() private returns (uint256 poolReward) {
        TaskId task = activeTask(1);
        contribute(worker(0), task, DIGEST);
        reveal(worker(0), task, DIGEST);
        finalize(task, "");
        poolReward = POOL_PRICE - POOL_PRICE * 99 / 100;
    }
}
