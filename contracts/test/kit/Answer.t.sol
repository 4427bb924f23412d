// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import "../../src/interfaces/HubTypes.sol";
import {FailureCode} from "../../kit/Failures.sol";
import {IGridCaller} from "../../kit/IGridCaller.sol";
import {Dapp} from "./Dapps.sol";
import {KitFixture} from "./KitFixture.sol";

/// @dev What the hub brings: answers, failures, and bytes that are neither.
contract AnswerTest is KitFixture {
    function testRefusesAnAnswerOfAnybodyButTheHub(address forger) public {
        if (forger == address(hub)) forger = POKER;
        bytes32 id = ask();

        vm.expectRevert(
            abi.encodeWithSelector(IGridCaller.CallerNotHub.selector, forger, address(hub))
        );
        vm.prank(forger);
        dapp.receiveResult(id, ANSWER);
        vm.assertEq(dapp.heard(id).answers, 0, "not heard");
    }

    function testRefusesToBeToldByAnybodyButItself() public {
        bytes32 id = ask();

        vm.expectRevert(abi.encodeWithSelector(IGridCaller.CallerNotSelf.selector, address(hub)));
        vm.prank(address(hub));
        dapp.takeAnswer(id, ANSWER);
    }

    function testRefusesAnUnknownId(bytes32 id) public {
        vm.expectRevert(abi.encodeWithSelector(IGridCaller.CallNotOpen.selector, id));
        callBack(id, ANSWER);
    }

    function testRefusesTheResultOfADealThatOthersMade() public {
        Orders memory orders = standardOrders();
        orders.request.callback = address(dapp);
        DealId dealid = matchThem(signed(orders));

        serve(dealid, ANSWER);

        vm.assertTrue(hub.isCallbackFailed(TaskId.wrap(taskOf(dealid))), "refused");
        vm.assertEq(dapp.heard(taskOf(dealid)).answers, 0, "not heard");
    }

    function testRefusesASecondAnswerAndAFailureAfterIt() public {
        bytes32 id = ask();
        callBack(id, ANSWER);

        vm.expectRevert(abi.encodeWithSelector(IGridCaller.CallNotOpen.selector, id));
        callBack(id, abi.encode("other"));
        vm.expectRevert(abi.encodeWithSelector(IGridCaller.CallNotOpen.selector, id));
        callBack(id, failureOf(FailureCode.EXIT, "EXIT 1"));
        assertAnswered(id, ANSWER);
    }

    function testRefusesAnAnswerAfterAFailure() public {
        bytes32 id = ask();
        callBack(id, failureOf(FailureCode.TRAP, "TRAP"));

        vm.expectRevert(abi.encodeWithSelector(IGridCaller.CallNotOpen.selector, id));
        callBack(id, ANSWER);
        assertFailed(id, FailureCode.TRAP, "TRAP");
    }

    function testAFailureOfTheAppIsReportedAndPaid() public {
        (bytes32 id, DealId dealid) = askMatched();
        bytes memory failure = failureOf(FailureCode.EXIT, "EXIT 3");
        vote(dealid, failure);

        vm.expectEmit(address(dapp));
        emit IGridCaller.CallFailed(id, FailureCode.EXIT, "EXIT 3");
        finish(dealid, failure);

        assertFailed(id, FailureCode.EXIT, "EXIT 3");
        vm.assertEq(dapp.available(), 10 * BUDGET - APP_PRICE - POOL_PRICE, "paid");
        vm.assertFalse(hub.isCallbackFailed(TaskId.wrap(id)), "delivered");
    }

    function testReportsEveryFailureOfTheGrid(uint8 code, string memory detail) public {
        bytes32 id = ask();

        callBack(id, failureOf(code, detail));

        if (code < 128) assertFailed(id, code, detail);
        else assertFailed(id, FailureCode.INVALID_OUTPUT, "INVALID_OUTPUT");
    }

    function testTakesEveryMultipleOf32BytesForAnAnswer(bytes memory start, uint256 words) public {
        bytes32 id = ask();
        bytes memory answer = bytes.concat(start, new bytes(32 * (words % 8)));
        answer = bytes.concat(answer, new bytes((32 - answer.length % 32) % 32), new bytes(32));

        callBack(id, answer);

        assertAnswered(id, answer);
    }

    /// @dev Random bytes, and failures with some bytes changed.
    function testAnyBytesEndTheCallOnce(bytes memory data, uint256 at, uint8 bits) public {
        bytes32 id = ask();
        if (at % 2 == 0) {
            data = bytes.concat(failureOf(FailureCode.EXIT, string(data)));
            data[(at / 2) % data.length] ^= bytes1(bits);
        }

        callBack(id, data);

        Dapp.Heard memory heard = dapp.heard(id);
        vm.assertEq(heard.answers + heard.failures, 1, "once");
        bool isAnswer = data.length > 0 && data.length % 32 == 0;
        vm.assertEq(heard.answers, isAnswer ? 1 : 0, "answer by length alone");
        vm.assertLt(heard.failure.code, 128, "no code of the contract's own");
        assertClosed(id);
    }

    function testMalformedFailuresAreInvalidOutput() public {
        bytes memory good = failureOf(FailureCode.EXIT, "EXIT 3");
        _isInvalid("");
        _isInvalid(hex"01");
        _isInvalid(_changed(good, 0, 0xff));
        _isInvalid(_changed(good, 4, 0x01));
        _isInvalid(_changed(good, 4 + 31, 0x80));
        _isInvalid(_changed(good, 4 + 63, 0x01));
        _isInvalid(_changed(good, 4 + 64, 0x80));
        _isInvalid(_changed(good, 4 + 95, 0x20));
        _isInvalid(bytes.concat(good, new bytes(32)));
        _isInvalid(bytes.concat(good, hex"00"));
        _isInvalid(_cut(good, 100));
        _isInvalid(_cut(good, 99));
        _isInvalid(_cut(good, 4));
        _isInvalid(_cut(failureOf(1, ""), 99));
    }

    function testAnAnswerOfAnotherTypeIsInvalidOutput() public {
        (bytes32 id, DealId dealid) = askMatched();
        dapp.setMood(Dapp.Mood.EXPECTS_TWO_WORDS);

        serve(dealid, ANSWER);

        assertFailed(id, FailureCode.INVALID_OUTPUT, "INVALID_OUTPUT");
    }

    function testACallbackMayAskAgain() public {
        (bytes32 first, DealId dealid) = askMatched();
        vm.prank(admin);
        hub.setCallbackGas(1_000_000);
        dapp.setMood(Dapp.Mood.ASKS_AGAIN);

        serve(dealid, ANSWER);
        bytes32 second = dapp.lastId();

        assertAnswered(first, ANSWER);
        (bool isOpen,,) = dapp.viewCall(second);
        vm.assertTrue(isOpen, "asked again");
        dapp.setMood(Dapp.Mood.FINE);
        serve(matchOpen(broadcastOrder()), ANSWER);
        assertAnswered(second, ANSWER);
    }

    function testACallbackThatCallsBackEndsNothingTwice() public {
        (bytes32 id, DealId dealid) = askMatched();
        vm.prank(admin);
        hub.setCallbackGas(5_000_000);
        dapp.setMood(Dapp.Mood.CALLS_BACK);
        dapp.callBackWith(abi.encodeCall(dapp.poke, (id)));
        dapp.callBackWith(abi.encodeCall(dapp.receiveResult, (id, ANSWER)));
        dapp.callBackWith(abi.encodeCall(dapp.abandon, (id)));

        serve(dealid, ANSWER);

        assertAnswered(id, ANSWER);
        bytes memory notOpen = abi.encodeWithSelector(IGridCaller.CallNotOpen.selector, id);
        vm.assertEq(dapp.refusals(0), notOpen, "poke");
        vm.assertEq(
            dapp.refusals(1),
            abi.encodeWithSelector(IGridCaller.CallerNotHub.selector, address(dapp), address(hub)),
            "answer"
        );
        vm.assertEq(dapp.refusals(2), notOpen, "abandon");
    }

    function _isInvalid(bytes memory data) private {
        bytes32 id = dapp.ask(ARGS, 0, block.timestamp + 1 days);
        callBack(id, data);
        assertFailed(id, FailureCode.INVALID_OUTPUT, "INVALID_OUTPUT");
    }

    function _changed(bytes memory data, uint256 at, uint8 bits)
        private
        pure
        returns (bytes memory copy)
    {
        copy = bytes.concat(data);
        copy[at] ^= bytes1(bits);
    }

    function _cut(bytes memory data, uint256 length) private pure returns (bytes memory copy) {
        copy = new bytes(length);
        for (uint256 i = 0; i < length; ++i) {
            copy[i] = data[i];
        }
    }
}
