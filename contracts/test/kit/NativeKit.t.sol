// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import "../../src/interfaces/HubTypes.sol";
import {HubFixture} from "../base/HubFixture.sol";
import {NativeFixture} from "../base/NativeFixture.sol";
import {FailureCode} from "../../kit/Failures.sol";
import {IGridCaller} from "../../kit/IGridCaller.sol";
import {Dapp} from "./Dapps.sol";
import {GreedyPoker} from "./GreedyPoker.sol";
import {KitFixture} from "./KitFixture.sol";

/// @dev The same contract on a hub whose deposits are the chain's own coin.
contract NativeKitTest is KitFixture, NativeFixture {
    function setUp() public override(KitFixture, NativeFixture) {
        NativeFixture.setUp();
        dapp = new Dapp(address(hub), app);
        vm.deal(address(dapp), 10 * BUDGET * UNIT);
        dapp.deposit(10 * BUDGET);
        vm.recordLogs();
    }

    function testRefusesTokens() public {
        vm.expectRevert(abi.encodeWithSelector(IGridCaller.TokenRefused.selector, address(0)));
        dapp.depositFrom(admin, 1);
    }

    function testDepositsAndWithdrawsCoin() public {
        vm.assertEq(stakeOf(address(dapp)), 10 * BUDGET, "deposit");
        vm.assertEq(address(dapp).balance, 0, "coin");

        dapp.withdraw(BUDGET, POKER);

        vm.assertEq(POKER.balance, BUDGET * UNIT, "withdrawn");
    }

    function testIsAnswered() public {
        (bytes32 id, DealId dealid) = askMatched();
        serve(dealid, ANSWER);

        assertAnswered(id, ANSWER);
        vm.assertEq(dapp.available(), 10 * BUDGET - APP_PRICE - POOL_PRICE, "paid");
    }

    function testPaysTheBountyInCoin() public {
        bytes32 id = ask();
        RequestOrder memory order = broadcastOrder();
        vm.warp(block.timestamp + 1 days);

        vm.prank(POKER);
        dapp.pokeUnmatched(order);

        assertFailed(id, FailureCode.UNMATCHED, "UNMATCHED");
        vm.assertEq(POKER.balance, BOUNTY * UNIT, "bounty");
    }

    function testAPokerThatCallsBackIsPaidOnce() public {
        (bytes32 id,) = askMatched();
        vm.warp(block.timestamp + 1 days);
        GreedyPoker poker = new GreedyPoker(dapp);

        poker.poke(id);

        assertFailed(id, FailureCode.DEADLINE_MISSED, "DEADLINE_MISSED");
        vm.assertEq(address(poker).balance, BOUNTY * UNIT, "once");
        vm.assertEq(poker.refused(), 1, "the second time refused");
    }

    function _fund(address account) internal override(HubFixture, NativeFixture) {
        NativeFixture._fund(account);
    }
}
