// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {
    AppOrder,
    DatasetOrder,
    DealId,
    OrderOperation,
    RequestOrder,
    RequestOrderOperation,
    TaskId,
    TaskStatus,
    WorkerpoolOrder
} from "../../src/interfaces/HubTypes.sol";
import {FailureCode} from "../../kit/Failures.sol";
import {GridCaller} from "../../kit/GridCaller.sol";
import {IGridCaller} from "../../kit/IGridCaller.sol";
import {GridTest} from "../../kit/testing/GridTest.sol";
import {MockEscrow} from "../../kit/testing/MockEscrow.sol";
import {MockGrid} from "../../kit/testing/MockGrid.sol";
import {MockToken} from "../../kit/testing/MockToken.sol";
import {TestBase} from "../base/TestBase.sol";
import {Dapp} from "./Dapps.sol";

/// @dev A dapp's own tests, with an app that says how long its arguments are.
contract MockGridTest is TestBase, GridTest {
    uint256 private constant BUDGET = 3e7;
    uint256 private constant BOUNTY = BUDGET / 20;
    uint256 private constant PRICE = 1.1e7;
    bytes private constant ARGS = hex"01234567c0ffee";
    address private constant APP = address(0xa44);
    address private constant POOL = address(0x9001);
    address private constant POKER = address(0x90ce);

    Dapp private _dapp;

    function setUp() public {
        vm.warp(1_700_000_000);
        _useApp("kit/package.json");
        _dapp = new Dapp(address(GRID), APP);
        _fundCaller(address(_dapp), 10 * BUDGET);
    }

    function testRefusesToAnswerWithoutAnApp() public {
        _useApp("");
        bytes32 id = _ask();

        vm.expectRevert(abi.encodeWithSelector(GridTest.NoAppToRun.selector, id));
        this.answer(id);
    }

    function testRefusesUnknownCalls(bytes32 id) public {
        vm.expectRevert(abi.encodeWithSelector(MockGrid.UnknownCall.selector, id));
        GRID.orderOf(id);
        vm.expectRevert(abi.encodeWithSelector(MockGrid.UnknownCall.selector, id));
        GRID.finish(id, "");
        vm.expectRevert(abi.encodeWithSelector(MockGrid.UnknownCall.selector, id));
        this.answer(id);
        vm.expectRevert("task-pending");
        GRID.resultFor(id);
        vm.assertFalse(GRID.isOpen(id), "not open");
    }

    function testRunsTheApp() public {
        bytes32 id = _ask();

        bytes memory answered = _answer(id);

        vm.assertEq(answered, abi.encode(ARGS.length), "what the app says");
        vm.assertEq(_dapp.heard(id).answer, answered, "heard");
        vm.assertEq(_dapp.available(), 10 * BUDGET - PRICE, "paid");
        vm.assertEq(GRID.viewAccount(GRID.PAYEE()).stake, PRICE, "earned");
    }

    function testBringsTheAppsFailure() public {
        bytes32 id = _dapp.ask(hex"dead", BUDGET, block.timestamp + 1 days);

        _answer(id);

        vm.assertEq(_dapp.heard(id).failure.code, FailureCode.EXIT, "code");
        vm.assertEq(_dapp.heard(id).failure.detail, "EXIT 3", "detail");
    }

    function testCannedAnswersComeFirst() public {
        _cannedAnswer(abi.encode(true));
        _cannedFailure(FailureCode.TRAP, "TRAP");
        bytes32 first = _ask();
        bytes32 second = _ask();
        bytes32 third = _ask();

        _answerAll();

        vm.assertEq(_dapp.heard(first).answer, abi.encode(true), "canned answer");
        vm.assertEq(_dapp.heard(second).failure.code, FailureCode.TRAP, "canned failure");
        vm.assertEq(_dapp.heard(third).answer, abi.encode(ARGS.length), "then the app");
        vm.assertEq(GRID.waiting().length, 0, "all answered");
    }

    function testAnswersACallWithOffers() public {
        _cannedAnswer(abi.encode(true));
        (AppOrder memory appOffer, WorkerpoolOrder memory poolOffer) = _offers();
        bytes32 id = _dapp.askWith(ARGS, BUDGET, block.timestamp + 3000, appOffer, poolOffer);
        vm.assertFalse(GRID.isOpen(id), "taken");
        vm.assertEq(GRID.waiting()[0], id, "waits for its answer");
        vm.assertEq(GRID.argumentsOf(id), ARGS, "arguments");

        _answer(id);

        vm.assertEq(_dapp.heard(id).answer, abi.encode(true), "answer");
    }

    function testRefusesOffersAsAHubDoes() public {
        (AppOrder memory appOffer, WorkerpoolOrder memory poolOffer) = _offers();
        appOffer.app = address(1);
        _refuses("iExecV5-matchOrders-0x10", appOffer, poolOffer);
        appOffer.app = APP;
        appOffer.appprice = BUDGET;
        _refuses("iExecV5-matchOrders-0x03", appOffer, poolOffer);
        appOffer.appprice = 0;
        poolOffer.workerpoolprice = BUDGET;
        _refuses("iExecV5-matchOrders-0x05", appOffer, poolOffer);
        poolOffer.workerpoolprice = 0;
        poolOffer.trust = 0;
        _refuses("iExecV5-matchOrders-0x02", appOffer, poolOffer);
        poolOffer.trust = 1;
        _dapp.setTerms(GridCaller.Terms(0, 0, 1, 0, address(2)));
        _refuses("iExecV5-matchOrders-0x12", appOffer, poolOffer);
        _dapp.setTerms(GridCaller.Terms(0, 0, 1, 0, POOL));
        _dapp.askWith(ARGS, BUDGET, block.timestamp + 3000, appOffer, poolOffer);
    }

    function testMatchesAsAHubDoes() public {
        DatasetOrder memory dataset;
        (AppOrder memory appOffer, WorkerpoolOrder memory poolOffer) = _offers();
        RequestOrder memory order = GRID.orderOf(_ask());
        poolOffer.category = order.category + 1;
        vm.expectRevert("iExecV5-matchOrders-0x00");
        GRID.matchOrders(appOffer, dataset, poolOffer, order);
        poolOffer.category = order.category;
        dataset.dataset = address(1);
        vm.expectRevert("iExecV5-matchOrders-0x11");
        GRID.matchOrders(appOffer, dataset, poolOffer, order);
        dataset.dataset = address(0);
        order.salt = "other";
        vm.expectRevert("iExecV5-matchOrders-0x50");
        GRID.matchOrders(appOffer, dataset, poolOffer, order);
        vm.expectRevert("invalid-sender-or-signature");
        GRID.manageRequestOrder(RequestOrderOperation(order, OrderOperation.SIGN, ""));
    }

    function testAnUnmatchedCallIsClosed() public {
        bytes32 id = _ask();
        RequestOrder memory order = GRID.orderOf(id);
        vm.assertTrue(GRID.isOpen(id), "open");
        vm.warp(block.timestamp + 1 days);

        vm.prank(POKER);
        _dapp.pokeUnmatched(order);

        vm.assertEq(_dapp.heard(id).failure.code, FailureCode.UNMATCHED, "unmatched");
        vm.assertEq(GRID.TOKEN().balanceOf(POKER), BOUNTY, "bounty");
        vm.assertEq(GRID.waiting().length, 0, "closed");
        vm.expectRevert("iExecV5-matchOrders-0x60");
        GRID.take(id, 0, 0);
    }

    function testAMissedDeadlineIsRefunded() public {
        bytes32 id = _ask();
        _take(id);
        vm.assertEq(GRID.viewAccount(address(_dapp)).locked, PRICE, "locked");
        vm.expectPartialRevert(MockGrid.TooEarly.selector);
        _dapp.poke(id);
        vm.warp(block.timestamp + 1 days);

        vm.prank(POKER);
        _dapp.poke(id);

        vm.assertEq(_dapp.heard(id).failure.code, FailureCode.DEADLINE_MISSED, "missed");
        vm.assertEq(_dapp.available(), 10 * BUDGET - BOUNTY, "refunded");
        bytes memory notOpen =
            abi.encodeWithSelector(MockGrid.TaskNotOpen.selector, id, TaskStatus.FAILED);
        vm.expectRevert(notOpen);
        GRID.finish(id, "");
        vm.expectRevert(notOpen);
        GRID.claim(TaskId.wrap(id));
    }

    function testACallbackThatFailsLosesNothing() public {
        bytes32 id = _ask();
        _dapp.setMood(Dapp.Mood.REFUSES);
        _answer(id);
        _dapp.setMood(Dapp.Mood.FINE);

        _dapp.poke(id);

        vm.assertEq(_dapp.heard(id).answer, abi.encode(ARGS.length), "delivered");
    }

    function testACallbackHasAsMuchGasAsAHubGives() public {
        bytes32 id = _ask();
        _dapp.setMood(Dapp.Mood.BURNS_GAS);

        _answer(id);

        vm.assertEq(_dapp.heard(id).answers, 0, "out of gas");
        _dapp.poke(id);
        vm.assertEq(_dapp.heard(id).answers, 1, "with more gas");
    }

    function testDepositsAndWithdrawsTokens() public {
        MockToken token = GRID.TOKEN();
        token.mint(address(this), 5);
        token.approve(address(_dapp), 5);
        _dapp.depositFrom(address(this), 5);
        vm.assertEq(_dapp.available(), 10 * BUDGET + 5, "deposit");
        _dapp.withdraw(10 * BUDGET + 5, POKER);
        vm.assertEq(token.balanceOf(POKER), 10 * BUDGET + 5, "withdrawn");
        vm.assertEq(token.totalSupply(), 10 * BUDGET + 5, "supply");

        vm.expectRevert(
            abi.encodeWithSelector(MockEscrow.StakeTooLow.selector, address(this), 0, 1)
        );
        GRID.withdrawTo(1, POKER);
        vm.expectRevert("fallback-disabled");
        GRID.deposit{value: 0}();
    }

    function testTheTokenRefusesWhatIsNotThere() public {
        MockToken token = new MockToken();
        token.mint(address(this), 1);
        vm.expectRevert(
            abi.encodeWithSelector(MockToken.BalanceTooLow.selector, address(this), 1, 2)
        );
        token.transfer(POKER, 2);
        vm.expectRevert(
            abi.encodeWithSelector(
                MockToken.AllowanceTooLow.selector, address(this), address(this), 0, 1
            )
        );
        token.transferFrom(address(this), POKER, 1);
    }

    function testCategoriesOfMoreThanACenturyAreNotUsed() public {
        GRID.addCategory(uint256(type(uint32).max) + 1);
        GRID.addCategory(100_000);
        _dapp = new Dapp(address(GRID), APP);

        bytes32 id = _dapp.ask(ARGS, 0, type(uint256).max);

        vm.assertEq(GRID.orderOf(id).category, 6, "the longest of the others");
    }

    function testAnUnknownDealIsEmpty(DealId dealid) public view {
        vm.assertEq(GRID.viewDeal(dealid).botSize, 0, "no deal");
    }

    function testTheScriptIsThatOfThePackage() public view {
        vm.assertEq(super._answerScript(), "node_modules/@ruche/kit/bin/answer.mjs", "path");
    }

    function answer(bytes32 id) external {
        _answer(id);
    }

    function _ask() private returns (bytes32) {
        return _dapp.ask(ARGS, BUDGET, block.timestamp + 3030);
    }

    function _offers()
        private
        pure
        returns (AppOrder memory appOffer, WorkerpoolOrder memory poolOffer)
    {
        appOffer.app = APP;
        poolOffer.workerpool = POOL;
        poolOffer.trust = 1;
    }

    function _refuses(string memory why, AppOrder memory appOffer, WorkerpoolOrder memory poolOffer)
        private
    {
        vm.expectRevert(bytes(why));
        _dapp.askWith(ARGS, BUDGET, block.timestamp + 3000, appOffer, poolOffer);
    }

    function _answerScript() internal pure override returns (string memory) {
        return "kit/test/answer-by-fake.mjs";
    }
}
