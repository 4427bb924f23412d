// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import "../../src/interfaces/HubTypes.sol";
import {IHubTasks} from "../../src/interfaces/IHubTasks.sol";
import {FailureCode} from "../../kit/Failures.sol";
import {IGridCaller} from "../../kit/IGridCaller.sol";
import {Dapp} from "./Dapps.sol";
import {KitFixture} from "./KitFixture.sol";

/// @dev Matched calls that are stuck.
contract PokeTest is KitFixture {
    function testRefusesACallThatIsNotOpen(bytes32 id) public {
        vm.expectRevert(abi.encodeWithSelector(IGridCaller.CallNotOpen.selector, id));
        dapp.poke(id);
    }

    function testRefusesACallThatWasAnswered() public {
        (bytes32 id, DealId dealid) = askMatched();
        serve(dealid, ANSWER);

        vm.expectRevert(abi.encodeWithSelector(IGridCaller.CallNotOpen.selector, id));
        dapp.poke(id);
    }

    function testRefusesACallThatNoPoolHasTaken() public {
        bytes32 id = ask();
        vm.warp(block.timestamp + 2 days);

        (,, uint256 matchUntil) = dapp.viewCall(id);
        vm.expectRevert(abi.encodeWithSelector(IGridCaller.CallNotMatched.selector, id, matchUntil));
        dapp.poke(id);
    }

    function testRefusesBeforeTheFinalDeadline() public {
        (bytes32 id, DealId dealid) = askMatched();
        uint256 last = block.timestamp + 3000 - 1;
        vm.warp(last);
        bytes memory tooEarly =
            abi.encodeWithSelector(IHubTasks.TooEarly.selector, id, last + 1, last);

        vm.expectRevert(tooEarly);
        dapp.poke(id);
        hub.initialize(dealid, 0);
        vm.expectRevert(tooEarly);
        dapp.poke(id);
        (bool isOpen,,) = dapp.viewCall(id);
        vm.assertTrue(isOpen, "still open");
    }

    function testRefundsACallWhosePoolNeverBegan() public {
        (bytes32 id,) = askMatched();
        vm.warp(block.timestamp + 3000);

        _poke(id);

        _isRefunded(id);
    }

    function testRefundsACallWhosePoolNeverEnded() public {
        (bytes32 id, DealId dealid) = askMatched();
        hub.initialize(dealid, 0);
        vm.warp(block.timestamp + 3000);

        _poke(id);

        _isRefunded(id);
    }

    function testRefundsACallWhoseResultWasNeverDelivered() public {
        (bytes32 id, DealId dealid) = askMatched();
        vote(dealid, ANSWER);
        vm.warp(block.timestamp + 3000);

        _poke(id);

        _isRefunded(id);
    }

    function testReportsACallThatSomebodyElseClaimed() public {
        (bytes32 id, DealId dealid) = askMatched();
        hub.initialize(dealid, 0);
        vm.warp(block.timestamp + 3000);
        hub.claim(TaskId.wrap(id));

        _poke(id);

        _isRefunded(id);
    }

    function testALateMatchEndsLate() public {
        uint256 deadline = block.timestamp + 3030;
        bytes32 id = dapp.ask(ARGS, BUDGET, deadline);
        vm.warp(deadline);
        matchOpen(broadcastOrder());

        vm.warp(deadline + 3000 - 1);
        vm.expectPartialRevert(IHubTasks.TooEarly.selector);
        dapp.poke(id);
        vm.warp(deadline + 3000);
        _poke(id);

        _isRefunded(id);
    }

    function testDeliversWhatTheCallbackRefused() public {
        bytes32 id = _refused();

        vm.expectEmit(address(dapp));
        emit IGridCaller.BountyPaid(id, POKER, BOUNTY);
        _poke(id);

        assertAnswered(id, ANSWER);
        vm.assertEq(ruc.balanceOf(POKER), BOUNTY, "bounty");
        vm.assertEq(
            dapp.available(), 10 * BUDGET - APP_PRICE - POOL_PRICE - BOUNTY, "price and bounty"
        );
        vm.expectRevert(abi.encodeWithSelector(IGridCaller.CallNotOpen.selector, id));
        hub.retryCallback(TaskId.wrap(id));
    }

    function testDeliversAFailureThatTheCallbackRefused() public {
        (bytes32 id, DealId dealid) = askMatched();
        dapp.setMood(Dapp.Mood.REFUSES);
        serve(dealid, failureOf(FailureCode.FUEL, "FUEL"));
        dapp.setMood(Dapp.Mood.FINE);

        _poke(id);

        assertFailed(id, FailureCode.FUEL, "FUEL");
        vm.assertEq(ruc.balanceOf(POKER), BOUNTY, "bounty");
    }

    function testPaysNothingWhenTheCallbackRefusesAgain() public {
        bytes32 id = _refused();
        dapp.setMood(Dapp.Mood.REFUSES);

        vm.expectRevert("refused");
        vm.prank(POKER);
        dapp.poke(id);

        vm.assertEq(ruc.balanceOf(POKER), 0, "no bounty");
        dapp.setMood(Dapp.Mood.FINE);
        _poke(id);
        assertAnswered(id, ANSWER);
    }

    function testTheHubsOwnRetryPaysNoBounty() public {
        bytes32 id = _refused();

        vm.prank(POKER);
        hub.retryCallback(TaskId.wrap(id));

        assertAnswered(id, ANSWER);
        vm.assertEq(ruc.balanceOf(POKER), 0, "no bounty");
        vm.assertEq(dapp.available(), 10 * BUDGET - APP_PRICE - POOL_PRICE, "bounty released");
    }

    function testDeliversWithMoreGasThanTheHubGives() public {
        (bytes32 id, DealId dealid) = askMatched();
        dapp.setMood(Dapp.Mood.BURNS_GAS);
        serve(dealid, ANSWER);
        vm.assertEq(dapp.heard(id).answers, 0, "out of gas");

        vm.prank(POKER);
        try dapp.poke{gas: 350_000}(id) {
            vm.assertTrue(false, "enough gas");
        } catch {}
        vm.assertEq(dapp.heard(id).failures, 0, "too little gas is no failure");
        _poke(id);

        assertAnswered(id, ANSWER);
    }

    function testPaysWhatThePokerWasShown() public {
        (bytes32 id,) = askMatched();
        (, uint256 shown,) = dapp.viewCall(id);
        vm.warp(block.timestamp + 3000);

        _poke(id);

        vm.assertEq(ruc.balanceOf(POKER), shown, "bounty");
    }

    function testACallWithoutBudgetIsPokedForNothing() public {
        bytes32 id = dapp.ask(ARGS, 0, block.timestamp + 1 days);
        (AppOrder memory appOffer, WorkerpoolOrder memory poolOffer) = offersAt(0, 0);
        hub.matchOrders(appOffer, noDataset(), poolOffer, broadcastOrder());
        vm.warp(block.timestamp + 3000);

        _poke(id);

        assertFailed(id, FailureCode.DEADLINE_MISSED, "DEADLINE_MISSED");
        vm.assertEq(ruc.balanceOf(POKER), 0, "no bounty");
    }

    function _refused() private returns (bytes32 id) {
        DealId dealid;
        (id, dealid) = askMatched();
        dapp.setMood(Dapp.Mood.REFUSES);
        serve(dealid, ANSWER);
        vm.assertTrue(hub.isCallbackFailed(TaskId.wrap(id)), "refused");
        (bool isOpen,,) = dapp.viewCall(id);
        vm.assertTrue(isOpen, "still open");
        dapp.setMood(Dapp.Mood.FINE);
    }

    function _poke(bytes32 id) private {
        vm.prank(POKER);
        dapp.poke(id);
    }

    function _isRefunded(bytes32 id) private view {
        assertFailed(id, FailureCode.DEADLINE_MISSED, "DEADLINE_MISSED");
        vm.assertEq(ruc.balanceOf(POKER), BOUNTY, "bounty");
        vm.assertEq(dapp.available(), 10 * BUDGET - BOUNTY, "refunded but for the bounty");
        vm.assertEq(stakeOf(address(dapp)), dapp.available(), "free");
    }
}
