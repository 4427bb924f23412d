// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import "../../src/interfaces/HubTypes.sol";
import {IHubOrders} from "../../src/interfaces/IHubOrders.sol";
import {IGridCaller} from "../../kit/IGridCaller.sol";
import {Dapp} from "./Dapps.sol";
import {KitFixture} from "./KitFixture.sol";

contract CallTest is KitFixture {
    function testAnOpenCallIsAnswered() public {
        bytes32 id = dapp.ask(ARGS, BUDGET, block.timestamp + 1 days);
        RequestOrder memory order = broadcastOrder();
        DealId dealid = matchOpen(order);

        vm.assertEq(taskOf(dealid), id, "id known before the match");
        serve(dealid, ANSWER);

        Dapp.Heard memory heard = dapp.heard(id);
        vm.assertEq(heard.answers, 1, "answered");
        vm.assertEq(heard.answer, ANSWER, "answer");
        vm.assertEq(heard.failures, 0, "no failure");
        vm.assertEq(dapp.available(), 10 * BUDGET - APP_PRICE - POOL_PRICE, "paid the price");
    }

    function testACallWithOffersIsMatchedAtOnceAndAnswered() public {
        (AppOrder memory appOffer, WorkerpoolOrder memory poolOffer) = offers();

        bytes32 id = dapp.askWith(ARGS, BUDGET, block.timestamp + 3000, appOffer, poolOffer);
        DealId dealid = lastDeal();

        vm.assertEq(taskOf(dealid), id, "id");
        vm.assertEq(
            hub.viewDeal(dealid).params,
            '{"iexec_args":"0x01234567c0ffee","ruche":{"failureCallback":true}}',
            "params"
        );
        serve(dealid, ANSWER);
        vm.assertEq(dapp.heard(id).answer, ANSWER, "answer");
    }
}
