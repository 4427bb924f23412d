// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {HubFixture} from "../base/HubFixture.sol";
import {NativeFixture} from "../base/NativeFixture.sol";
import {MarketHandler} from "./MarketHandler.sol";

/// @title The same moves on a hub whose deposits are the chain's own coin
contract NativeMarketHandler is MarketHandler, NativeFixture {
    function setUp() public override(HubFixture, NativeFixture) {
        NativeFixture.setUp();
    }

    function unit() public pure override returns (uint256) {
        return UNIT;
    }

    function held() public view override returns (uint256) {
        return address(hub).balance;
    }

    function _fund(address account) internal override(HubFixture, NativeFixture) {
        NativeFixture._fund(account);
    }

    /// @dev Three ways in; what is less than a unit must come back.
    function _deposit(address actor, uint256 amount) internal override {
        uint256 before = actor.balance;
        vm.deal(actor, before + amount);
        vm.startPrank(actor);
        if (amount % 3 == 0) _native.depositFor{value: amount}(actor);
        else if (amount % 3 == 1) _native.deposit{value: amount}();
        else _plainTransfer(amount);
        vm.stopPrank();
        vm.assertEq(actor.balance, before + amount % UNIT, "less than a unit came back");
    }

    function _sendDirectly(uint256 amount) internal override {
        vm.deal(address(hub), address(hub).balance + amount);
    }

    function _plainTransfer(uint256 amount) private {
        (bool success,) = address(hub).call{value: amount}("");
        vm.assertTrue(success, "plain transfer");
    }
}
