// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import "../../src/interfaces/HubTypes.sol";
import {IHubDeposits} from "../../src/interfaces/IHubDeposits.sol";
import {ITokenSpender} from "../../src/interfaces/ITokenSpender.sol";
import {HubFixture} from "../base/HubFixture.sol";

contract Erc20FaceTest is HubFixture, ITokenSpender {
    address private constant OTHER = address(0x07e4);
    bool private _accepts = true;
    bytes private _received;

    function testNamesItself() public view {
        vm.assertEq(hub.name(), "Staked RUC", "name");
        vm.assertEq(hub.symbol(), "SRUC", "symbol");
        vm.assertEq(hub.decimals(), 9, "decimals");
        vm.assertEq(hub.token(), address(ruc), "token");
    }

    function testRefusesBadTransfers() public {
        vm.startPrank(requester);
        vm.expectRevert(
            abi.encodeWithSelector(
                IHubDeposits.StakeTooLow.selector, requester, DEPOSIT, DEPOSIT + 1
            )
        );
        hub.transfer(OTHER, DEPOSIT + 1);
        vm.expectRevert(abi.encodeWithSelector(IHubDeposits.BadRecipient.selector, address(0)));
        hub.transfer(address(0), 1);
        vm.expectRevert(abi.encodeWithSelector(IHubDeposits.BadRecipient.selector, address(hub)));
        hub.transfer(address(hub), 1);
        vm.expectRevert(abi.encodeWithSelector(IHubDeposits.BadRecipient.selector, address(0)));
        hub.approve(address(0), 1);
        vm.stopPrank();
    }

    function testLockedMoneyIsNotTransferable() public {
        matchThem(signed(standardOrders()));
        uint256 stake = stakeOf(requester);

        vm.prank(requester);
        hub.transfer(OTHER, stake);

        vm.assertEq(hub.balanceOf(requester), 0, "all that was free");
        vm.assertEq(hub.frozenOf(requester), APP_PRICE + POOL_PRICE, "locked stays");
    }

    function testTransfers() public {
        vm.expectEmit(address(hub));
        emit IHubDeposits.Transfer(requester, OTHER, 5);
        vm.prank(requester);
        vm.assertTrue(hub.transfer(OTHER, 5), "result");

        vm.assertEq(hub.balanceOf(OTHER), 5, "to");
        vm.assertEq(hub.balanceOf(requester), DEPOSIT - 5, "from");
    }

    function testATransferToOneselfChangesNothing() public {
        vm.prank(requester);
        hub.transfer(requester, 5);

        vm.assertEq(hub.balanceOf(requester), DEPOSIT, "same");
    }

    function testSpendsAnAllowance() public {
        vm.expectEmit(address(hub));
        emit IHubDeposits.Approval(requester, OTHER, 10);
        vm.prank(requester);
        hub.approve(OTHER, 10);
        vm.startPrank(OTHER);
        vm.expectRevert(
            abi.encodeWithSelector(IHubDeposits.AllowanceTooLow.selector, requester, OTHER, 10, 11)
        );
        hub.transferFrom(requester, OTHER, 11);
        hub.transferFrom(requester, OTHER, 4);
        vm.stopPrank();

        vm.assertEq(hub.balanceOf(OTHER), 4, "moved");
        vm.assertEq(hub.allowance(requester, OTHER), 6, "left");
    }

    function testChangesAnAllowance() public {
        vm.startPrank(requester);
        hub.increaseAllowance(OTHER, 10);
        hub.decreaseAllowance(OTHER, 4);
        vm.assertEq(hub.allowance(requester, OTHER), 6, "left");
        vm.expectRevert(
            abi.encodeWithSelector(IHubDeposits.AllowanceTooLow.selector, requester, OTHER, 6, 7)
        );
        hub.decreaseAllowance(OTHER, 7);
        vm.stopPrank();
    }

    function testApprovesAndCalls() public {
        vm.startPrank(requester);
        hub.approveAndCall(address(this), 9, "data");
        vm.assertEq(hub.allowance(requester, address(this)), 9, "allowance");
        vm.assertEq(_received, "data", "told");
        _accepts = false;
        vm.expectRevert(abi.encodeWithSelector(IHubDeposits.BadRecipient.selector, address(this)));
        hub.approveAndCall(address(this), 9, "data");
        vm.stopPrank();
    }

    function receiveApproval(address, uint256, address token, bytes calldata data)
        external
        returns (bool)
    {
        require(token == address(hub), "told by the hub");
        _received = data;
        return _accepts;
    }
}
