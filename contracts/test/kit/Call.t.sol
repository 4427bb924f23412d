// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import "../../src/interfaces/HubTypes.sol";
import {IHubOrders} from "../../src/interfaces/IHubOrders.sol";
import {GridCaller} from "../../kit/GridCaller.sol";
import {IGridCaller} from "../../kit/IGridCaller.sol";
import {Dapp} from "./Dapps.sol";
import {KitFixture} from "./KitFixture.sol";

/// @dev Open calls.
contract CallTest is KitFixture {
    uint256 private constant WEEK = 7 days;

    function testRefusesADeadlineThatNoCategoryMeets() public {
        uint256 earliest = block.timestamp + 30 + 20;

        vm.expectRevert(
            abi.encodeWithSelector(IGridCaller.DeadlineTooEarly.selector, earliest - 1, earliest)
        );
        dapp.ask(ARGS, BUDGET, earliest - 1);
        dapp.ask(ARGS, BUDGET, earliest);
    }

    function testRefusesEveryDeadlineOnAHubWithoutCategories() public {
        hub = deployHub(deskOf(address(ruc)), admin, new Category[](0));
        dapp = new Dapp(address(hub), app);

        vm.expectRevert(
            abi.encodeWithSelector(IGridCaller.DeadlineTooEarly.selector, WEEK, type(uint256).max)
        );
        dapp.ask(ARGS, 0, WEEK);
    }

    function testRefusesArgumentsThatFitNoDeal() public {
        vm.expectRevert(
            abi.encodeWithSelector(IGridCaller.ArgumentsTooLong.selector, 11_001, 11_000)
        );
        dapp.ask(new bytes(11_001), BUDGET, block.timestamp + WEEK);
    }

    function testTheLongestArgumentsFitADeal() public {
        bytes32 id = dapp.ask(new bytes(11_000), BUDGET, block.timestamp + WEEK);
        serve(matchOpen(broadcastOrder()), ANSWER);
        assertAnswered(id, ANSWER);
    }

    function testRefusesTermsAboveTheBudget() public {
        dapp.setTerms(terms(BUDGET - 4, 5, 1, address(0)));

        vm.expectRevert(
            abi.encodeWithSelector(IGridCaller.BudgetTooLow.selector, BUDGET, BUDGET + 1)
        );
        ask();
    }

    function testRefusesABudgetThatDoesNotFit() public {
        uint256 budget = uint256(type(uint96).max) + 1;

        vm.expectRevert(
            abi.encodeWithSelector(IGridCaller.BudgetTooWide.selector, budget, budget - 1)
        );
        dapp.ask(ARGS, budget, block.timestamp + WEEK);
    }

    function testRefusesWhatTheDepositDoesNotCoverBesideOpenCalls() public {
        dapp.ask(ARGS, 8 * BUDGET, block.timestamp + WEEK);

        vm.expectRevert(
            abi.encodeWithSelector(IGridCaller.FundsTooLow.selector, 2 * BUDGET, 2 * BUDGET + 1)
        );
        dapp.ask(ARGS, 2 * BUDGET + 1, block.timestamp + WEEK);
        dapp.ask(ARGS, 2 * BUDGET, block.timestamp + WEEK);
        vm.assertEq(dapp.available(), 0, "all reserved");
    }

    function testPlacesTheOrderOfTheTerms() public {
        dapp.setTerms(terms(11, 7, 3, pool));

        vm.expectEmit(false, true, true, true, address(dapp));
        emit IGridCaller.CallPlaced(bytes32(0), app, 100, block.timestamp + WEEK);
        bytes32 id = dapp.ask(ARGS, 100, block.timestamp + WEEK);
        RequestOrder memory order = broadcastOrder();

        vm.assertEq(order.app, app, "app");
        vm.assertEq(order.appmaxprice, 11, "app's price");
        vm.assertEq(order.workerpoolmaxprice, 100 - 11 - 7, "pool's price");
        vm.assertEq(order.workerpool, pool, "pool");
        vm.assertEq(order.dataset, address(0), "no dataset");
        vm.assertEq(order.datasetmaxprice, 0, "no dataset to pay");
        vm.assertEq(order.requester, address(dapp), "requester");
        vm.assertEq(order.beneficiary, address(dapp), "beneficiary");
        vm.assertEq(order.callback, address(dapp), "callback");
        vm.assertEq(order.volume, 1, "volume");
        vm.assertEq(order.trust, 3, "trust");
        vm.assertEq(order.tag, TEE_TAG, "tag");
        vm.assertEq(order.params, paramsOf(ARGS), "params");
        vm.assertEq(order.sign, "", "no signature");
        bytes32 hash = hasher.ofRequest(order);
        vm.assertEq(hub.viewPresigned(hash), address(dapp), "signed beforehand");
        vm.assertEq(taskOf(DealId.wrap(taskOf(DealId.wrap(hash)))), id, "id");
        (bool isOpen, uint256 bounty, uint256 matchUntil) = dapp.viewCall(id);
        vm.assertTrue(isOpen, "open");
        vm.assertEq(bounty, 7, "bounty");
        vm.assertEq(matchUntil, block.timestamp + WEEK - 3000, "match until");
        vm.assertEq(dapp.hub(), address(hub), "hub");
    }

    function testGivesHalfToTheAppUnlessTold() public {
        ask();

        RequestOrder memory order = broadcastOrder();
        vm.assertEq(order.appmaxprice, (BUDGET - BOUNTY) / 2, "app");
        vm.assertEq(order.workerpoolmaxprice, BUDGET - BOUNTY - (BUDGET - BOUNTY) / 2, "pool");
        vm.assertEq(order.trust, 1, "trust");
        vm.assertEq(order.workerpool, address(0), "any pool");
        vm.assertEq(order.tag, bytes32(0), "no tag");
    }

    function testIsAnswered() public {
        bytes32 id = ask();
        DealId dealid = matchOpen(broadcastOrder());

        vm.assertEq(taskOf(dealid), id, "id known before the match");
        vote(dealid, ANSWER);
        vm.expectEmit(address(dapp));
        emit IGridCaller.CallAnswered(id);
        finish(dealid, ANSWER);

        assertAnswered(id, ANSWER);
        vm.assertEq(dapp.available(), 10 * BUDGET - APP_PRICE - POOL_PRICE, "paid the price");
        vm.assertEq(stakeOf(address(dapp)), dapp.available(), "all of it free");
        vm.assertEq(lockedOf(address(dapp)), 0, "nothing locked");
    }

    function testAMatchLocksThePriceWithinTheReserve() public {
        ask();
        uint256 before = dapp.available();

        matchOpen(broadcastOrder());

        vm.assertEq(dapp.available(), before, "still reserved, not twice");
        vm.assertEq(lockedOf(address(dapp)), APP_PRICE + POOL_PRICE, "locked");
    }

    function testTwoCallsAtOnceAreAnsweredInAnyOrder() public {
        bytes32 first = ask();
        RequestOrder memory firstOrder = broadcastOrder();
        bytes32 second = ask();
        DealId secondDeal = matchOpen(broadcastOrder());
        DealId firstDeal = matchOpen(firstOrder);

        serve(secondDeal, abi.encode("second"));
        vm.assertEq(dapp.heard(first).answers, 0, "first still open");
        serve(firstDeal, abi.encode("first"));

        assertAnswered(first, abi.encode("first"));
        assertAnswered(second, abi.encode("second"));
    }

    function testTheLongestCategoryThatFitsIsAskedFor(uint256[10] memory times, uint256 left)
        public
    {
        for (uint256 i = 0; i < times.length; ++i) {
            times[i] = bound(times[i], 1, 40_000);
            vm.prank(admin);
            hub.createCategory("c", "", times[i]);
        }
        dapp = new Dapp(address(hub), app);
        left = bound(left, 50, 500_000);
        uint256 deadline = block.timestamp + left;

        dapp.ask(ARGS, 0, deadline);

        // Categories 0 and 1 are the fixture's; the kit looks at eight.
        uint256 best = left >= 3030 ? 300 : 2;
        for (uint256 i = 0; i < 6; ++i) {
            if (times[i] > best && 10 * times[i] + 30 <= left) best = times[i];
        }
        RequestOrder memory order = broadcastOrder();
        vm.assertEq(hub.viewCategory(order.category).workClockTimeRef, best, "category");
        (,, uint256 matchUntil) = dapp.viewCall(dapp.lastId());
        vm.assertEq(matchUntil, deadline - 10 * best, "match until");
        vm.assertGe(matchUntil, block.timestamp + 30, "time to match");
    }

    function testADeadlineMayBeForEver() public {
        bytes32 id = dapp.ask(ARGS, BUDGET, type(uint256).max);

        (,, uint256 matchUntil) = dapp.viewCall(id);
        vm.assertEq(matchUntil, type(uint40).max, "match until");
        serve(matchOpen(broadcastOrder()), ANSWER);
        assertAnswered(id, ANSWER);
    }

    function testWritesArgumentsAsHex(bytes memory args) public {
        dapp.ask(args, 0, block.timestamp + WEEK);

        vm.assertEq(broadcastOrder().params, paramsOf(args), "params");
    }

    function testHexOfEveryByteAndLength() public {
        bytes memory args = new bytes(256);
        for (uint256 i = 0; i < 256; ++i) {
            args[i] = bytes1(uint8(i));
        }
        testWritesArgumentsAsHex(args);
        for (uint256 length = 0; length < 35; ++length) {
            testWritesArgumentsAsHex(new bytes(length));
        }
    }

    function terms(uint256 appMaxPrice, uint256 bounty, uint256 trust, address workerpool)
        private
        pure
        returns (GridCaller.Terms memory)
    {
        return GridCaller.Terms(appMaxPrice, bounty, trust, TEE_TAG, workerpool);
    }

    function paramsOf(bytes memory args) private pure returns (string memory) {
        return
            string.concat(
                '{"iexec_args":"', vm.toString(args), '","ruche":{"failureCallback":true}}'
            );
    }
}
