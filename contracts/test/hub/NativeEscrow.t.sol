// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import "../../src/interfaces/HubTypes.sol";
import {IHubAdmin} from "../../src/interfaces/IHubAdmin.sol";
import {IHubDeposits} from "../../src/interfaces/IHubDeposits.sol";
import {INativeEscrow} from "../../src/interfaces/INativeEscrow.sol";
import {NativeFixture} from "../base/NativeFixture.sol";
import {CoinRefuser, ReentrantReceiver} from "../mocks/Receivers.sol";

contract NativeEscrowTest is NativeFixture {
    address private constant OTHER = address(0x07e4);

    function testDeposits() public {
        vm.deal(OTHER, 100 * UNIT);
        uint256 supply = hub.totalSupply();

        vm.startPrank(OTHER);
        vm.expectEmit(address(hub));
        emit IHubDeposits.Transfer(address(0), OTHER, 10);
        vm.assertTrue(_native.deposit{value: 10 * UNIT}(), "deposit");
        vm.assertTrue(_native.depositFor{value: 20 * UNIT}(appOwner), "depositFor");
        (bool success,) = address(hub).call{value: 5 * UNIT}("");
        vm.stopPrank();

        vm.assertTrue(success, "plain transfer");
        vm.assertEq(hub.balanceOf(OTHER), 15, "own");
        vm.assertEq(hub.balanceOf(appOwner), 20, "for another");
        vm.assertEq(hub.totalSupply(), supply + 35, "supply");
        vm.assertEq(address(hub).balance, (supply + 35) * UNIT, "held");
        vm.assertEq(hub.token(), address(0), "no token");
    }

    function testReturnsWhatIsLessThanAUnit(uint256 amount) public {
        amount = bound(amount, 0, 1000 ether);
        vm.deal(OTHER, amount);

        vm.prank(OTHER);
        _native.deposit{value: amount}();

        vm.assertEq(hub.balanceOf(OTHER), amount / UNIT, "stake");
        vm.assertEq(OTHER.balance, amount % UNIT, "remainder");
    }

    function testDepositsForMany() public {
        (uint256[] memory amounts, address[] memory targets) = _pair(3, 4);
        vm.deal(OTHER, 10 * UNIT);

        vm.prank(OTHER);
        vm.assertTrue(_native.depositForArray{value: 10 * UNIT}(amounts, targets), "array");

        vm.assertEq(hub.balanceOf(appOwner), 3, "first");
        vm.assertEq(hub.balanceOf(datasetOwner), 4, "second");
        vm.assertEq(OTHER.balance, 3 * UNIT, "the rest came back");
    }

    function testRefusesArraysThatTheCoinDoesNotCover() public {
        (uint256[] memory amounts, address[] memory targets) = _pair(3, 4);
        vm.deal(OTHER, 10 * UNIT);

        vm.startPrank(OTHER);
        vm.expectRevert(
            abi.encodeWithSelector(INativeEscrow.CoinMissing.selector, 7 * UNIT - 1, 7 * UNIT)
        );
        _native.depositForArray{value: 7 * UNIT - 1}(amounts, targets);
        amounts[0] = type(uint256).max;
        vm.expectRevert();
        _native.depositForArray{value: 7 * UNIT}(amounts, targets);
        vm.expectRevert(abi.encodeWithSelector(IHubDeposits.ArraysDiffer.selector, 1, 2));
        _native.depositForArray{value: 7 * UNIT}(new uint256[](1), targets);
        vm.stopPrank();
    }

    function testRefusesDepositsForNobodyOrTheHub() public {
        vm.deal(OTHER, 2 * UNIT);
        vm.startPrank(OTHER);
        vm.expectRevert(abi.encodeWithSelector(IHubDeposits.BadRecipient.selector, address(0)));
        _native.depositFor{value: UNIT}(address(0));
        vm.expectRevert(abi.encodeWithSelector(IHubDeposits.BadRecipient.selector, address(hub)));
        _native.depositFor{value: UNIT}(address(hub));
        vm.stopPrank();
    }

    function testWithdraws() public {
        vm.startPrank(requester);
        vm.assertTrue(hub.withdraw(10), "withdraw");
        vm.assertTrue(hub.withdrawTo(5, OTHER), "withdrawTo");
        vm.expectRevert(
            abi.encodeWithSelector(
                IHubDeposits.StakeTooLow.selector, requester, DEPOSIT - 15, DEPOSIT
            )
        );
        hub.withdraw(DEPOSIT);
        vm.stopPrank();

        vm.assertEq(requester.balance, 10 * UNIT, "own coin");
        vm.assertEq(OTHER.balance, 5 * UNIT, "others' coin");
        vm.assertEq(address(hub).balance, hub.totalSupply() * UNIT, "held");
    }

    function testWhoRefusesCoinKeepsTheStake() public {
        CoinRefuser refuser = new CoinRefuser();
        vm.prank(requester);
        vm.expectRevert(
            abi.encodeWithSelector(INativeEscrow.CoinRefused.selector, address(refuser), UNIT)
        );
        hub.withdrawTo(1, address(refuser));

        vm.assertEq(hub.balanceOf(requester), DEPOSIT, "stake");
    }

    function testAReceiverThatCallsBackGainsNothing() public {
        ReentrantReceiver receiver = new ReentrantReceiver(hub);
        vm.deal(address(this), 10 * UNIT);
        _native.depositFor{value: 10 * UNIT}(address(receiver));
        uint256 held = address(hub).balance;

        receiver.withdrawTwice(6);

        vm.assertEq(address(receiver).balance, 6 * UNIT, "once");
        vm.assertFalse(receiver.secondSucceeded(), "the second time the stake is gone");
        vm.assertEq(address(hub).balance, held - 6 * UNIT, "held");
    }

    function testACallBackOfADepositorDoesNotDepositTwice() public {
        ReentrantReceiver receiver = new ReentrantReceiver(hub);
        vm.deal(address(receiver), 5 * UNIT);

        receiver.depositTwice(2 * UNIT + 1, 3 * UNIT - 1);

        vm.assertEq(hub.balanceOf(address(receiver)), 4, "what came, in whole units");
        vm.assertEq(address(hub).balance, hub.totalSupply() * UNIT, "held");
        vm.assertEq(address(receiver).balance, UNIT, "the rest came back");
    }

    function testRecoversForcedCoin() public {
        vm.deal(address(hub), address(hub).balance + 7 * UNIT + 3);

        vm.expectRevert(abi.encodeWithSelector(IHubAdmin.NotOwner.selector, OTHER));
        vm.prank(OTHER);
        hub.recover();
        vm.prank(admin);
        vm.assertEq(hub.recover(), 7, "recovered");
        vm.assertEq(hub.balanceOf(admin), 7, "stake");
    }

    function testRefusesTokenFunctionsAndUnknownOnes() public {
        vm.expectRevert("fallback-disabled");
        hub.deposit(1);
        vm.expectRevert("fallback-disabled");
        hub.receiveApproval(requester, 1, address(0), "");
    }

    function testATaskIsBoughtAndPaid() public {
        TaskId task = activeTask(1);
        address account = worker(0);
        contribute(account, task, "digest");
        reveal(account, task, "digest");
        finalize(task, "results");

        vm.assertEq(stakeOf(appOwner), APP_PRICE, "app");
        vm.assertEq(stakeOf(account), DEPOSIT + POOL_PRICE * 99 / 100, "worker");
        vm.assertEq(stakeOf(requester), DEPOSIT - APP_PRICE - POOL_PRICE, "requester");
        vm.prank(appOwner);
        hub.withdraw(APP_PRICE);
        vm.assertEq(appOwner.balance, APP_PRICE * UNIT, "coin");
        vm.assertEq(address(hub).balance, hub.totalSupply() * UNIT, "held");
    }

    function _pair(uint256 first, uint256 second)
        private
        view
        returns (uint256[] memory amounts, address[] memory targets)
    {
        amounts = new uint256[](2);
        targets = new address[](2);
        (amounts[0], amounts[1]) = (first, second);
        (targets[0], targets[1]) = (appOwner, datasetOwner);
    }
}
