// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import "../../src/interfaces/HubTypes.sol";
import {IHubTasks} from "../../src/interfaces/IHubTasks.sol";
import {HubFixture} from "../base/HubFixture.sol";
import {
    BurningConsumer,
    HungryConsumer,
    LoudConsumer,
    RecordingConsumer,
    ReentrantConsumer
} from "../mocks/Callbacks.sol";

contract CallbackTest is HubFixture {
    bytes private constant ANSWER = abi.encode("forty-two");

    function testRefusesMissingOrOtherBytes() public {
        TaskId task = _revealed(address(new RecordingConsumer()));

        vm.expectRevert(
            abi.encodeWithSelector(
                IHubTasks.CallbackDigestMismatch.selector, task, keccak256(ANSWER), keccak256("")
            )
        );
        vm.prank(poolOwner);
        hub.finalize(task, "r", "");
    }

    function testAResultIsPulledOnlyWhenDone() public {
        TaskId task = _revealed(address(new RecordingConsumer()));

        vm.expectRevert("task-pending");
        hub.resultFor(TaskId.unwrap(task));
    }

    function testDeliversTheAnswer() public {
        RecordingConsumer consumer = new RecordingConsumer();
        TaskId task = _revealed(address(consumer));

        _finalize(task);

        vm.assertEq(consumer.id(), TaskId.unwrap(task), "id");
        vm.assertEq(consumer.result(), ANSWER, "answer");
        vm.assertEq(hub.resultFor(TaskId.unwrap(task)), ANSWER, "pulled");
        vm.assertEq(hub.viewTask(task).resultsCallback, ANSWER, "viewed");
        vm.assertFalse(hub.isCallbackFailed(task), "not failed");
        vm.expectRevert(abi.encodeWithSelector(IHubTasks.NoFailedCallback.selector, task));
        hub.retryCallback(task);
    }

    function testContributeAndFinalizeDeliversToo() public {
        RecordingConsumer consumer = new RecordingConsumer();
        TaskId task = _active(address(consumer));
        address account = worker(0);
        bytes memory authorization = authorize(account, task);

        vm.prank(account);
        hub.contributeAndFinalize(
            task, keccak256(ANSWER), "r", ANSWER, address(0), "", authorization
        );

        vm.assertEq(consumer.result(), ANSWER, "answer");
    }

    function testAnAccountWithoutCodeDoesNotDisturb() public {
        TaskId task = _revealed(address(0xabcdef));

        _finalize(task);

        vm.assertFalse(hub.isCallbackFailed(task), "not failed");
    }

    function testARefusalIsRecordedAndCanBeRetriedOnce() public {
        RecordingConsumer consumer = new RecordingConsumer();
        consumer.setOpen(false);
        TaskId task = _revealed(address(consumer));

        vm.expectEmit(address(hub));
        emit IHubTasks.CallbackFailed(task, abi.encodeWithSignature("Error(string)", "closed"));
        _finalize(task);
        vm.assertTrue(hub.isCallbackFailed(task), "failed");
        vm.assertEq(uint256(hub.viewTask(task).status), uint256(TaskStatus.COMPLETED), "paid");
        vm.expectRevert("closed");
        hub.retryCallback(task);
        consumer.setOpen(true);
        vm.expectEmit(address(hub));
        emit IHubTasks.CallbackRetried(task);
        hub.retryCallback(task);

        vm.assertEq(consumer.result(), ANSWER, "answer");
        vm.expectRevert(abi.encodeWithSelector(IHubTasks.NoFailedCallback.selector, task));
        hub.retryCallback(task);
        vm.assertEq(consumer.calls(), 1, "once");
    }

    function testACallbackThatBurnsItsGasStopsNothing() public {
        TaskId task = _revealed(address(new BurningConsumer()));

        _finalize(task);

        vm.assertTrue(hub.isCallbackFailed(task), "failed");
    }

    function testKeepsOnlyTheStartOfALongReason() public {
        TaskId task = _revealed(address(new LoudConsumer()));
        bytes memory start = new bytes(256);
        for (uint256 i = 0; i < 32; ++i) {
            start[i] = 0xff;
        }

        vm.expectEmit(address(hub));
        emit IHubTasks.CallbackFailed(task, start);
        _finalize(task);
    }

    function testTheCallbackCannotSettleTwice() public {
        ReentrantConsumer consumer = new ReentrantConsumer(hub);
        TaskId task = _revealed(address(consumer));

        _finalize(task);

        vm.assertFalse(hub.isCallbackFailed(task), "delivered");
        vm.assertEq(consumer.refused(), 3, "all refused");
        vm.assertEq(stakeOf(appOwner), APP_PRICE, "paid once");
    }

    /// @dev The pool cannot make a callback fail by sending too little gas along, even where a 63rd of
    /// the callback's gas would be enough to end the transaction.
    function testTheCallbackGetsItsGasOrFinalizeReverts(uint256 gasSeed) public {
        HungryConsumer consumer = new HungryConsumer();
        vm.prank(admin);
        hub.setCallbackGas(5_000_000);
        TaskId task = _revealed(address(consumer));
        uint256 gasLimit = bound(gasSeed, 1_000_000, 6_000_000);

        vm.prank(poolOwner);
        try hub.finalize{gas: gasLimit}(task, "r", ANSWER) {
            vm.assertTrue(consumer.isFed(), "delivered");
        } catch {
            vm.assertFalse(consumer.isFed(), "undone");
            vm.assertEq(uint256(hub.viewTask(task).status), uint256(TaskStatus.REVEALING), "undone");
        }
    }

    function _active(address callback) private returns (TaskId) {
        Orders memory orders = standardOrders();
        orders.request.callback = callback;
        return hub.initialize(matchThem(signed(orders)), 0);
    }

    function _revealed(address callback) private returns (TaskId task) {
        task = _active(callback);
        contribute(worker(0), task, keccak256(ANSWER));
        reveal(worker(0), task, keccak256(ANSWER));
    }

    function _finalize(TaskId task) private {
        vm.prank(poolOwner);
        hub.finalize(task, "r", ANSWER);
    }
}
