// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import "../../src/interfaces/HubTypes.sol";
import {IHubOrders} from "../../src/interfaces/IHubOrders.sol";
import {GridCaller} from "../../kit/GridCaller.sol";
import {IGridCaller} from "../../kit/IGridCaller.sol";
import {KitFixture} from "./KitFixture.sol";

/// @dev Calls that are matched in the transaction that makes them.
contract CallWithOffersTest is KitFixture {
    function testRefusesACategoryThatMissesTheDeadline() public {
        (AppOrder memory appOffer, WorkerpoolOrder memory poolOffer) = offers();
        uint256 earliest = block.timestamp + 3000;

        vm.expectRevert(
            abi.encodeWithSelector(IGridCaller.DeadlineTooEarly.selector, earliest - 1, earliest)
        );
        dapp.askWith(ARGS, BUDGET, earliest - 1, appOffer, poolOffer);
        dapp.askWith(ARGS, BUDGET, earliest, appOffer, poolOffer);
    }

    function testRefusesAnUnknownCategory() public {
        (AppOrder memory appOffer, WorkerpoolOrder memory poolOffer) = offers();
        poolOffer.category = 7;

        vm.expectRevert();
        dapp.askWith(ARGS, BUDGET, block.timestamp + 1 days, appOffer, poolOffer);
    }

    function testRefusesOffersAboveTheTerms() public {
        (AppOrder memory appOffer, WorkerpoolOrder memory poolOffer) = offers();
        uint256 deadline = block.timestamp + 1 days;

        dapp.setTerms(GridCaller.Terms(APP_PRICE - 1, 0, 1, 0, address(0)));
        vm.expectRevert("iExecV5-matchOrders-0x03");
        dapp.askWith(ARGS, BUDGET, deadline, appOffer, poolOffer);
        dapp.setTerms(GridCaller.Terms(APP_PRICE, 1, 1, 0, address(0)));
        vm.expectRevert("iExecV5-matchOrders-0x05");
        dapp.askWith(ARGS, APP_PRICE + POOL_PRICE, deadline, appOffer, poolOffer);
        dapp.askWith(ARGS, APP_PRICE + POOL_PRICE + 1, deadline, appOffer, poolOffer);
    }

    function testRefusesOffersOfAnotherAppPoolOrTrust() public {
        (AppOrder memory appOffer, WorkerpoolOrder memory poolOffer) = offers();
        uint256 deadline = block.timestamp + 1 days;

        dapp.setTerms(GridCaller.Terms(APP_PRICE, 0, 1, 0, address(0xbad)));
        vm.expectRevert("iExecV5-matchOrders-0x12");
        dapp.askWith(ARGS, BUDGET, deadline, appOffer, poolOffer);
        dapp.setTerms(GridCaller.Terms(APP_PRICE, 0, poolOffer.trust + 1, 0, address(0)));
        vm.expectRevert("iExecV5-matchOrders-0x02");
        dapp.askWith(ARGS, BUDGET, deadline, appOffer, poolOffer);
        dapp.setTerms(GridCaller.Terms(APP_PRICE, 0, 1, 0, address(0)));
        appOffer.app = address(0xbad);
        vm.expectRevert("iExecV5-matchOrders-0x10");
        dapp.askWith(ARGS, BUDGET, deadline, appOffer, poolOffer);
    }

    function testRefusesWhatTheDepositDoesNotCover() public {
        (AppOrder memory appOffer, WorkerpoolOrder memory poolOffer) = offers();

        vm.expectRevert(
            abi.encodeWithSelector(IGridCaller.FundsTooLow.selector, 10 * BUDGET, 10 * BUDGET + 1)
        );
        dapp.askWith(ARGS, 10 * BUDGET + 1, block.timestamp + 1 days, appOffer, poolOffer);
    }

    function testAFailedMatchLeavesNothing() public {
        (AppOrder memory appOffer, WorkerpoolOrder memory poolOffer) = offers();
        appOffer.sign = "";

        vm.expectRevert();
        dapp.askWith(ARGS, BUDGET, block.timestamp + 1 days, appOffer, poolOffer);

        vm.assertEq(dapp.available(), 10 * BUDGET, "nothing reserved");
    }

    function testIsMatchedAtOnceAndAnswered() public {
        (bytes32 id, DealId dealid) = askMatched();
        Deal memory deal = hub.viewDeal(dealid);

        vm.assertEq(taskOf(dealid), id, "id");
        vm.assertEq(deal.callback, address(dapp), "callback");
        vm.assertEq(deal.category, 0, "the pool's category");
        vm.assertEq(lockedOf(address(dapp)), APP_PRICE + POOL_PRICE, "price locked");
        vm.assertEq(dapp.available(), 9 * BUDGET, "budget reserved");
        serve(dealid, ANSWER);
        assertAnswered(id, ANSWER);
        vm.assertEq(dapp.available(), 10 * BUDGET - APP_PRICE - POOL_PRICE, "paid");
    }

    function testIsNotBroadcast() public {
        vm.expectCall(
            address(hub), abi.encodeWithSelector(IHubOrders.broadcastRequestOrder.selector), 0
        );
        askMatched();
    }
}
