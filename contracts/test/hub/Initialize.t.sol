// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import "../../src/interfaces/HubTypes.sol";
import {IHubTasks} from "../../src/interfaces/IHubTasks.sol";
import {HubFixture} from "../base/HubFixture.sol";

contract InitializeTest is HubFixture {
    DealId private _deal;

    function setUp() public override {
        super.setUp();
        Orders memory orders = bagOrders(5, 1);
        orders.pool.volume = 2;
        matchThem(signed(orders));
        orders.pool.volume = 3;
        _deal = matchThem(signed(orders));
    }

    function testRefusesAnUnknownDeal() public {
        DealId unknown = DealId.wrap(bytes32(uint256(1)));

        vm.expectRevert(abi.encodeWithSelector(IHubTasks.UnknownDeal.selector, unknown));
        hub.initialize(unknown, 0);
    }

    function testRefusesAnIndexOutsideTheDeal(uint256 seed) public {
        uint256 idx = bound(seed, 5, type(uint256).max);
        _refused(idx);
        _refused(bound(seed, 0, 1));
    }

    function testRefusesTwice() public {
        TaskId taskid = hub.initialize(_deal, 2);

        vm.expectRevert(
            abi.encodeWithSelector(
                IHubTasks.TaskAlreadyInitialized.selector, taskid, TaskStatus.ACTIVE
            )
        );
        hub.initialize(_deal, 2);
    }

    function testRefusesArraysOfUnequalLength() public {
        vm.expectRevert(abi.encodeWithSelector(IHubTasks.ArrayLengthsDiffer.selector, 1, 2));
        hub.initializeArray(new DealId[](1), new uint256[](2));
    }

    function testOpensATask() public {
        TaskId expected = TaskId.wrap(keccak256(abi.encode(_deal, 4)));

        vm.expectEmit(address(hub));
        emit IHubTasks.TaskInitialize(expected, pool);
        TaskId taskid = hub.initialize(_deal, 4);

        vm.assertEq(TaskId.unwrap(taskid), TaskId.unwrap(expected), "taskid");
        Task memory task = hub.viewTask(taskid);
        vm.assertEq(uint256(task.status), uint256(TaskStatus.ACTIVE), "status");
        vm.assertEq(DealId.unwrap(task.dealid), DealId.unwrap(_deal), "deal");
        vm.assertEq(task.idx, 4, "idx");
        vm.assertEq(task.timeref, TIMEREF, "timeref");
        vm.assertEq(task.contributionDeadline, block.timestamp + 7 * TIMEREF, "contribution");
        vm.assertEq(task.finalDeadline, block.timestamp + 10 * TIMEREF, "final");
        vm.assertEq(task.revealDeadline, 0, "reveal");
        vm.assertEq(task.contributors.length, 0, "contributors");
    }

    function testOpensMany() public {
        DealId[] memory deals = new DealId[](3);
        uint256[] memory indexes = new uint256[](3);
        for (uint256 i = 0; i < 3; ++i) {
            (deals[i], indexes[i]) = (_deal, 2 + i);
        }

        vm.assertTrue(hub.initializeArray(deals, indexes), "result");

        for (uint256 i = 2; i < 5; ++i) {
            TaskId taskid = TaskId.wrap(keccak256(abi.encode(_deal, i)));
            vm.assertEq(hub.viewTask(taskid).idx, i, "idx");
        }
    }

    function testAnUnknownTaskIsAllZero() public view {
        Task memory task = hub.viewTask(TaskId.wrap("nothing"));

        vm.assertEq(uint256(task.status), 0, "status");
        vm.assertEq(task.finalDeadline, 0, "deadline");
    }

    function _refused(uint256 idx) private {
        vm.expectRevert(
            abi.encodeWithSelector(IHubTasks.IndexOutsideDeal.selector, _deal, idx, 2, 3)
        );
        hub.initialize(_deal, idx);
    }
}
