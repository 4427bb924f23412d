// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import "../../src/interfaces/HubTypes.sol";
import {IHub} from "../../src/interfaces/IHub.sol";
import {IHubAdmin} from "../../src/interfaces/IHubAdmin.sol";
import {IHubDeposits} from "../../src/interfaces/IHubDeposits.sol";
import {IHubEscrow} from "../../src/interfaces/IHubEscrow.sol";
import {HubFixture} from "../base/HubFixture.sol";
import {FeeToken, ReentrantToken} from "../mocks/Tokens.sol";

contract EscrowTest is HubFixture {
    address private constant OTHER = address(0x07e4);

    function testRefusesADepositWithoutAllowance() public {
        vm.prank(admin);
        ruc.mint(OTHER, 10);

        vm.expectRevert();
        vm.prank(OTHER);
        hub.deposit(10);
    }

    function testRefusesDepositsForNobodyOrTheHub() public {
        _allow(OTHER, 10);
        vm.startPrank(OTHER);
        vm.expectRevert(abi.encodeWithSelector(IHubDeposits.BadRecipient.selector, address(0)));
        hub.depositFor(10, address(0));
        vm.expectRevert(abi.encodeWithSelector(IHubDeposits.BadRecipient.selector, address(hub)));
        hub.depositFor(10, address(hub));
        vm.expectRevert(abi.encodeWithSelector(IHubDeposits.ArraysDiffer.selector, 1, 2));
        hub.depositForArray(new uint256[](1), new address[](2));
        vm.stopPrank();
    }

    function testRefusesMoreThanTheBooksCanHold() public {
        uint256 amount = uint256(type(uint128).max) + 1;
        _allow(OTHER, amount);

        vm.expectRevert(
            abi.encodeWithSelector(
                IHubDeposits.AmountTooWide.selector, amount + hub.totalSupply(), type(uint128).max
            )
        );
        vm.prank(OTHER);
        hub.deposit(amount);
    }

    function testDeposits() public {
        _allow(OTHER, 60);
        uint256 supply = hub.totalSupply();

        vm.startPrank(OTHER);
        vm.expectEmit(address(hub));
        emit IHubDeposits.Transfer(address(0), OTHER, 10);
        vm.assertTrue(hub.deposit(10), "deposit");
        vm.assertTrue(hub.depositFor(20, requester), "depositFor");
        uint256[] memory amounts = new uint256[](2);
        address[] memory targets = new address[](2);
        (amounts[0], amounts[1]) = (5, 25);
        (targets[0], targets[1]) = (OTHER, appOwner);
        vm.assertTrue(hub.depositForArray(amounts, targets), "depositForArray");
        vm.stopPrank();

        vm.assertEq(stakeOf(OTHER), 15, "own");
        vm.assertEq(stakeOf(requester), DEPOSIT + 20, "for another");
        vm.assertEq(stakeOf(appOwner), 25, "in an array");
        vm.assertEq(ruc.balanceOf(OTHER), 0, "tokens");
        vm.assertEq(hub.totalSupply(), supply + 60, "supply");
        vm.assertEq(ruc.balanceOf(address(hub)), supply + 60, "held");
    }

    function testRefusesToWithdrawMoreThanTheStake() public {
        matchThem(signed(standardOrders()));
        uint256 stake = stakeOf(requester);

        vm.expectRevert(
            abi.encodeWithSelector(IHubDeposits.StakeTooLow.selector, requester, stake, stake + 1)
        );
        vm.prank(requester);
        hub.withdraw(stake + 1);
    }

    function testWithdraws() public {
        vm.startPrank(requester);
        vm.expectEmit(address(hub));
        emit IHubDeposits.Transfer(requester, address(0), 10);
        vm.assertTrue(hub.withdraw(10), "withdraw");
        vm.assertTrue(hub.withdrawTo(5, OTHER), "withdrawTo");
        vm.expectRevert(abi.encodeWithSelector(IHubDeposits.BadRecipient.selector, address(hub)));
        hub.withdrawTo(5, address(hub));
        vm.stopPrank();

        vm.assertEq(ruc.balanceOf(requester), 10, "own tokens");
        vm.assertEq(ruc.balanceOf(OTHER), 5, "others' tokens");
        vm.assertEq(stakeOf(requester), DEPOSIT - 15, "stake");
    }

    function testOnlyTheOwnerRecoversWhatWasSentByMistake() public {
        vm.prank(admin);
        ruc.mint(address(hub), 77);

        vm.expectRevert(abi.encodeWithSelector(IHubAdmin.NotOwner.selector, requester));
        vm.prank(requester);
        hub.recover();
        vm.prank(admin);
        vm.assertEq(hub.recover(), 77, "recovered");
        vm.assertEq(stakeOf(admin), 77, "stake");
        vm.prank(admin);
        vm.assertEq(hub.recover(), 0, "nothing more");
    }

    function testOnlyTheTokenReportsApprovals() public {
        vm.prank(requester);
        ruc.approve(address(hub), 5);

        vm.expectRevert("wrong-token");
        hub.receiveApproval(requester, 5, address(ruc), "");
        vm.expectRevert("wrong-token");
        vm.prank(address(ruc));
        hub.receiveApproval(requester, 5, address(appRegistry), "");
    }

    function testDepositsAndMatchesAtOnce() public {
        vm.prank(requester);
        hub.withdraw(DEPOSIT);
        Orders memory orders = signed(standardOrders());

        vm.prank(requester);
        ruc.approveAndCall(
            address(hub),
            APP_PRICE + POOL_PRICE,
            abi.encode(orders.app, orders.dataset, orders.pool, orders.request)
        );

        vm.assertEq(lockedOf(requester), APP_PRICE + POOL_PRICE, "locked");
        vm.assertEq(stakeOf(requester), 0, "stake");
    }

    function testTheDataMayBeTheWholeCall() public {
        Orders memory orders = signed(standardOrders());
        bytes memory call = abi.encodeCall(
            hub.matchOrders, (orders.app, orders.dataset, orders.pool, orders.request)
        );
        vm.prank(requester);
        hub.withdraw(1);

        vm.prank(requester);
        ruc.approveAndCall(address(hub), 1, call);

        vm.assertEq(lockedOf(requester), APP_PRICE + POOL_PRICE, "locked");
    }

    function testDepositAndMatchPassOnTheReason() public {
        Orders memory orders = standardOrders();
        orders.request.category = 7;
        bytes memory data = abi.encode(orders.app, orders.dataset, orders.pool, orders.request);

        vm.expectRevert("iExecV5-matchOrders-0x00");
        vm.prank(requester);
        ruc.approveAndCall(address(hub), 0, data);
        vm.expectRevert("receive-approval-failed");
        vm.prank(requester);
        ruc.approveAndCall(address(hub), 0, "junk");
    }

    function testNobodyMatchesInAnothersName() public {
        Orders memory orders = signed(standardOrders());
        bytes memory data = abi.encode(orders.app, orders.dataset, orders.pool, orders.request);

        vm.expectRevert("caller-must-be-requester");
        vm.prank(appOwner);
        ruc.approveAndCall(address(hub), 0, data);
    }

    function testRefusesEther() public {
        vm.deal(address(this), 1 ether);

        (bool success, bytes memory reason) = address(hub).call{value: 1}("");

        vm.assertFalse(success, "refused");
        vm.assertEq(reason, abi.encodeWithSignature("Error(string)", "fallback-disabled"), "reason");
        (success,) = address(hub).call{value: 1}(abi.encodeCall(hub.deposit, (1)));
        vm.assertFalse(success, "refused with a deposit");
    }

    function testRefusesUnknownFunctions() public {
        (bool success, bytes memory reason) = address(hub).call(hex"deadbeef");

        vm.assertFalse(success, "refused");
        vm.assertEq(reason, abi.encodeWithSignature("Error(string)", "fallback-disabled"), "reason");
    }

    function testRefusesATokenThatTakesAFee() public {
        FeeToken token = new FeeToken();
        IHub other = hubOf(address(token), admin);
        token.mint(address(this), 1000);
        token.approve(address(other), 1000);

        vm.expectRevert(abi.encodeWithSelector(IHubEscrow.TokenAmountDiffers.selector, 1000, 990));
        other.deposit(1000);
    }

    function testATokenThatCallsBackGainsNothing() public {
        _refusesReentry(abi.encodeCall(hub.deposit, (1000)));
        _refusesReentry(abi.encodeCall(hub.depositFor, (1000, OTHER)));
        _refusesReentry(abi.encodeCall(hub.recover, ()));
    }

    /// @dev The token itself owns that hub, so it may call everything.
    function _refusesReentry(bytes memory call) private {
        ReentrantToken token = new ReentrantToken();
        IHub other = hubOf(address(token), address(token));
        token.mint(address(this), 50);
        token.approve(address(other), 50);
        token.arm(address(other), call);

        vm.expectRevert(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector);
        other.deposit(50);
    }

    function _allow(address account, uint256 amount) private {
        vm.prank(admin);
        ruc.mint(account, amount);
        vm.prank(account);
        ruc.approve(address(hub), amount);
    }
}
