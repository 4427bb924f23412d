// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {HubFixture} from "../base/HubFixture.sol";
import {LoopingWallet, LoudWallet, WritingWallet} from "../mocks/Wallets.sol";

/// @dev Contract accounts that misbehave when the hub asks them; the hub asks statically.
contract HostileTest is HubFixture {
    uint256 private constant GAS = 3_000_000;

    function testAnAccountThatLoopsHasSignedNothing() public {
        LoopingWallet wallet = new LoopingWallet();
        Orders memory orders = _ordersOf(address(wallet));

        vm.expectRevert("iExecV5-matchOrders-0x50");
        hub.matchOrders{gas: GAS}(orders.app, orders.dataset, orders.pool, orders.request);
        vm.assertFalse(hub.verifySignature{gas: GAS}(address(wallet), "hash", ""), "not signed");
    }

    function testALongAnswerCostsLittle() public {
        address wallet = address(new LoudWallet());
        uint256 before = gasleft();
        hub.verifySignature(wallet, "hash", "");

        vm.assertLt(before - gasleft(), 200_000, "not copied");
    }

    function testAnAccountCannotChangeAnythingWhileAsked() public {
        WritingWallet wallet = new WritingWallet();

        vm.assertFalse(hub.verifySignature(address(wallet), "hash", ""), "refused");
    }

    function _ordersOf(address wallet) private returns (Orders memory orders) {
        _fund(wallet);
        orders = standardOrders();
        orders.request.requester = wallet;
        orders = signed(orders);
    }
}
