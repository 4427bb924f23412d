// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {DealId, TaskStatus} from "../../src/interfaces/HubTypes.sol";
import {IGridCaller} from "../../kit/IGridCaller.sol";
import {Dapp} from "./Dapps.sol";
import {KitFixture} from "./KitFixture.sol";
import {RefusingToken} from "./RefusingToken.sol";

/// @dev The contract's deposit, and giving up a result.
contract MoneyTest is KitFixture {
    address private constant TARGET = address(0x7a49e7);

    function testRefusesADepositThatTheTokenRefuses() public {
        RefusingToken token = new RefusingToken();
        dapp = new Dapp(address(hubOf(address(token), admin)), app);
        bytes memory refused =
            abi.encodeWithSelector(IGridCaller.TokenRefused.selector, address(token));

        vm.expectRevert(refused);
        dapp.depositFrom(admin, 1);
        vm.expectRevert(refused);
        dapp.deposit(1);
    }

    function testRefusesADepositThatWasNotApproved() public {
        vm.expectRevert();
        dapp.depositFrom(requester, 1);
    }

    function testDepositsWhatTheContractHas() public {
        vm.prank(admin);
        ruc.mint(address(dapp), 7);

        dapp.deposit(7);

        vm.assertEq(stakeOf(address(dapp)), 10 * BUDGET + 7, "deposit");
        vm.assertEq(ruc.balanceOf(address(dapp)), 0, "tokens");
    }

    function testRefusesToWithdrawWhatOpenCallsMayNeed() public {
        ask();

        vm.expectRevert(
            abi.encodeWithSelector(IGridCaller.FundsTooLow.selector, 9 * BUDGET, 9 * BUDGET + 1)
        );
        dapp.withdraw(9 * BUDGET + 1, TARGET);
        dapp.withdraw(9 * BUDGET, TARGET);
        vm.assertEq(ruc.balanceOf(TARGET), 9 * BUDGET, "tokens");
        vm.assertEq(dapp.available(), 0, "the rest is reserved");
    }

    function testWhatIsReservedSufficesWhateverWasWithdrawn() public {
        bytes32 unmatched = ask();
        (bytes32 matched, DealId dealid) = askMatched();
        dapp.withdraw(dapp.available(), TARGET);

        serve(dealid, ANSWER);
        assertAnswered(matched, ANSWER);
        vm.assertEq(dapp.available(), BUDGET - APP_PRICE - POOL_PRICE, "left of the budget");
        dapp.withdraw(dapp.available(), TARGET);
        vm.assertEq(stakeOf(address(dapp)), BUDGET, "for the other call");
        (bool isOpen,,) = dapp.viewCall(unmatched);
        vm.assertTrue(isOpen, "open");
    }

    function testNothingIsAvailableWhenTheDepositIsShort() public {
        (, DealId dealid) = askMatched();
        dapp.withdraw(dapp.available(), TARGET);
        dapp.setMood(Dapp.Mood.REFUSES);

        serve(dealid, ANSWER);

        vm.assertEq(dapp.available(), 0, "price paid, budget still reserved");
    }

    function testRefusesToAbandonACallWithoutResult() public {
        (bytes32 id, DealId dealid) = askMatched();

        vm.expectRevert(
            abi.encodeWithSelector(IGridCaller.CallHasNoResult.selector, id, TaskStatus.UNSET)
        );
        dapp.abandon(id);
        vote(dealid, ANSWER);
        vm.expectRevert(
            abi.encodeWithSelector(IGridCaller.CallHasNoResult.selector, id, TaskStatus.REVEALING)
        );
        dapp.abandon(id);
    }

    function testRefusesToAbandonAnEndedCall() public {
        (bytes32 id, DealId dealid) = askMatched();
        serve(dealid, ANSWER);

        vm.expectRevert(abi.encodeWithSelector(IGridCaller.CallNotOpen.selector, id));
        dapp.abandon(id);
    }

    function testAbandonsAResultThatCannotBeTaken() public {
        (bytes32 id, DealId dealid) = askMatched();
        dapp.setMood(Dapp.Mood.REFUSES);
        serve(dealid, ANSWER);

        dapp.abandon(id);

        assertClosed(id);
        vm.assertEq(dapp.available(), 10 * BUDGET - APP_PRICE - POOL_PRICE, "released");
        vm.assertEq(dapp.heard(id).answers + dapp.heard(id).failures, 0, "not told");
    }
}
