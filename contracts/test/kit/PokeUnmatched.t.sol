// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import "../../src/interfaces/HubTypes.sol";
import {IHubOrders} from "../../src/interfaces/IHubOrders.sol";
import {FailureCode} from "../../kit/Failures.sol";
import {IGridCaller} from "../../kit/IGridCaller.sol";
import {Dapp} from "./Dapps.sol";
import {KitFixture} from "./KitFixture.sol";

/// @dev Open calls that no pool takes.
contract PokeUnmatchedTest is KitFixture {
    bytes32 private _id;
    RequestOrder private _order;
    uint256 private _matchUntil;

    function setUp() public override {
        super.setUp();
        _id = dapp.ask(ARGS, BUDGET, block.timestamp + 3100);
        _order = broadcastOrder();
        _matchUntil = block.timestamp + 100;
    }

    function testRefusesAnOrderOfNoOpenCall() public {
        RequestOrder memory other = _order;
        other.salt = "other";
        bytes32 id = taskOf(DealId.wrap(taskOf(DealId.wrap(hasher.ofRequest(other)))));

        vm.expectRevert(abi.encodeWithSelector(IGridCaller.CallNotOpen.selector, id));
        dapp.pokeUnmatched(other);
    }

    function testRefusesWhileAPoolMayTakeTheCall() public {
        vm.warp(_matchUntil);

        vm.expectRevert(
            abi.encodeWithSelector(
                IGridCaller.TooEarlyToClose.selector, _id, _matchUntil, _matchUntil
            )
        );
        dapp.pokeUnmatched(_order);
    }

    function testRefusesACallThatAPoolHas() public {
        DealId dealid = matchOpen(_order);
        vm.warp(_matchUntil + 1);

        vm.expectRevert(abi.encodeWithSelector(IGridCaller.CallMatched.selector, _id));
        dapp.pokeUnmatched(_order);
        serve(dealid, ANSWER);
        assertAnswered(_id, ANSWER);
    }

    function testClosesAndReleases() public {
        vm.warp(_matchUntil + 1);

        vm.expectEmit(address(hub));
        emit IHubOrders.ClosedRequestOrder(hasher.ofRequest(_order));
        vm.expectEmit(address(dapp));
        emit IGridCaller.CallFailed(_id, FailureCode.UNMATCHED, "UNMATCHED");
        vm.expectEmit(address(dapp));
        emit IGridCaller.BountyPaid(_id, POKER, BOUNTY);
        vm.prank(POKER);
        dapp.pokeUnmatched(_order);

        assertFailed(_id, FailureCode.UNMATCHED, "UNMATCHED");
        vm.assertEq(ruc.balanceOf(POKER), BOUNTY, "bounty");
        vm.assertEq(dapp.available(), 10 * BUDGET - BOUNTY, "released");
    }

    function testAClosedCallIsNotMatchedAnyMore() public {
        vm.warp(_matchUntil + 1);
        dapp.pokeUnmatched(_order);
        (AppOrder memory appOffer, WorkerpoolOrder memory poolOffer) = offers();

        vm.expectRevert("iExecV5-matchOrders-0x60");
        hub.matchOrders(appOffer, noDataset(), poolOffer, _order);
        vm.expectRevert(abi.encodeWithSelector(IGridCaller.CallNotOpen.selector, _id));
        dapp.pokeUnmatched(_order);
    }

    function testALateMatchIsServed() public {
        vm.warp(_matchUntil + 1000);
        DealId dealid = matchOpen(_order);

        serve(dealid, ANSWER);

        assertAnswered(_id, ANSWER);
    }

    function testARefusalOfTheFailureLeavesTheOrderOpen() public {
        vm.warp(_matchUntil + 1);
        dapp.setMood(Dapp.Mood.REFUSES);

        vm.expectRevert("refused");
        dapp.pokeUnmatched(_order);
        vm.assertEq(hub.viewConsumed(hasher.ofRequest(_order)), 0, "not closed");
        dapp.setMood(Dapp.Mood.FINE);
        dapp.pokeUnmatched(_order);
        assertFailed(_id, FailureCode.UNMATCHED, "UNMATCHED");
    }
}
