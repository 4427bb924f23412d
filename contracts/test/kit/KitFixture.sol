// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import "../../src/interfaces/HubTypes.sol";
import {IHubMarket} from "../../src/interfaces/IHubMarket.sol";
import {IHubOrders} from "../../src/interfaces/IHubOrders.sol";
import {HubFixture} from "../base/HubFixture.sol";
import {Vm} from "../base/Vm.sol";
import {Dapp} from "./Dapps.sol";

/// @title A real hub, and the pool's side of a call
abstract contract KitFixture is HubFixture {
    uint256 internal constant BUDGET = 2.5e7;
    uint256 internal constant BOUNTY = BUDGET / 20;
    bytes internal constant ARGS = hex"01234567c0ffee";
    bytes internal constant ANSWER = abi.encode(uint256(42));
    bytes internal constant RESULTS =
        '{"storage":"ipfs","location":"/ipfs/bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3o"}';
    address internal constant POKER = address(0x90ce);

    Dapp internal dapp;

    function setUp() public virtual override {
        super.setUp();
        dapp = new Dapp(address(hub), app);
        vm.startPrank(admin);
        ruc.mint(admin, 100 * BUDGET);
        ruc.approve(address(dapp), 100 * BUDGET);
        vm.stopPrank();
        dapp.depositFrom(admin, 10 * BUDGET);
        vm.recordLogs();
    }

    /// @notice An open call with the usual budget and much time.
    function ask() internal returns (bytes32) {
        return dapp.ask(ARGS, BUDGET, block.timestamp + 1 days);
    }

    /// @notice A call that is matched, and its deal.
    function askMatched() internal returns (bytes32 id, DealId dealid) {
        (AppOrder memory appOffer, WorkerpoolOrder memory poolOffer) = offers();
        id = dapp.askWith(ARGS, BUDGET, block.timestamp + 1 days, appOffer, poolOffer);
        dealid = lastDeal();
    }

    /// @notice What the grid sends when a run fails.
    function failureOf(uint256 code, string memory detail) internal pure returns (bytes memory) {
        return abi.encodeWithSignature("TaskFailed(uint8,string)", code, detail);
    }

    function assertFailed(bytes32 id, uint256 code, string memory detail) internal view {
        Dapp.Heard memory heard = dapp.heard(id);
        vm.assertEq(heard.failures, 1, "failed once");
        vm.assertEq(heard.answers, 0, "not answered");
        vm.assertEq(heard.failure.code, code, "code");
        vm.assertEq(heard.failure.detail, detail, "detail");
        assertClosed(id);
    }

    function assertAnswered(bytes32 id, bytes memory answer) internal view {
        Dapp.Heard memory heard = dapp.heard(id);
        vm.assertEq(heard.answers, 1, "answered once");
        vm.assertEq(heard.failures, 0, "not failed");
        vm.assertEq(heard.answer, answer, "answer");
        assertClosed(id);
    }

    function assertClosed(bytes32 id) internal view {
        (bool isOpen, uint256 bounty,) = dapp.viewCall(id);
        vm.assertFalse(isOpen, "closed");
        vm.assertEq(bounty, 0, "forgotten");
    }

    /// @notice Offers of app and pool that anybody may match.
    function offers() internal returns (AppOrder memory, WorkerpoolOrder memory) {
        return offersAt(APP_PRICE, POOL_PRICE);
    }

    function offersAt(uint256 appPrice, uint256 poolPrice)
        internal
        returns (AppOrder memory appOffer, WorkerpoolOrder memory poolOffer)
    {
        appOffer = appOrder();
        appOffer.appprice = appPrice;
        appOffer.sign = sign(APP_OWNER_KEY, hasher.ofApp(appOffer));
        poolOffer = poolOrder();
        poolOffer.workerpoolprice = poolPrice;
        poolOffer.sign = sign(POOL_OWNER_KEY, hasher.ofPool(poolOffer));
    }

    /// @notice The order that was broadcast last; logs must be recorded.
    function broadcastOrder() internal returns (RequestOrder memory) {
        bytes memory data = _lastLog(IHubOrders.BroadcastRequestOrder.selector);
        return abi.decode(data, (RequestOrder));
    }

    /// @notice The deal that was made last; logs must be recorded.
    function lastDeal() internal returns (DealId) {
        return abi.decode(_lastLog(IHubMarket.SchedulerNotice.selector), (DealId));
    }

    function taskOf(DealId dealid) internal pure returns (bytes32) {
        return keccak256(abi.encode(dealid, uint256(0)));
    }

    function matchOpen(RequestOrder memory order) internal returns (DealId) {
        (AppOrder memory appOffer, WorkerpoolOrder memory poolOffer) = offers();
        return hub.matchOrders(appOffer, noDataset(), poolOffer, order);
    }

    /// @notice A pool's whole work on a matched call, with the callback.
    function serve(DealId dealid, bytes memory callbackData) internal {
        vote(dealid, callbackData);
        finish(dealid, callbackData);
    }

    function vote(DealId dealid, bytes memory callbackData) internal {
        TaskId taskid = hub.initialize(dealid, 0);
        contribute(worker(0), taskid, keccak256(callbackData));
        reveal(worker(0), taskid, keccak256(callbackData));
    }

    function finish(DealId dealid, bytes memory callbackData) internal {
        vm.prank(poolOwner);
        hub.finalize(TaskId.wrap(taskOf(dealid)), RESULTS, callbackData);
    }

    /// @notice What the hub would do with a result, without a task.
    function callBack(bytes32 id, bytes memory callbackData) internal {
        vm.prank(address(hub));
        dapp.receiveResult(id, callbackData);
    }

    function _lastLog(bytes32 topic) private returns (bytes memory) {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i = logs.length; i > 0; --i) {
            if (logs[i - 1].topics[0] == topic) return logs[i - 1].data;
        }
        revert("no such log");
    }
}
