// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IWorkerAccount} from "../../src/interfaces/IWorkerAccount.sol";
import {NativeFixture} from "../base/NativeFixture.sol";

/// @title The same account on a hub whose deposits are the chain's own coin
contract WorkerNativeAccountTest is NativeFixture {
    address private constant OWNER = address(0x0e);

    function testPaysInAndOut() public {
        IWorkerAccount account = deployWorkerAccount(address(hub), OWNER);
        vm.deal(address(this), 5 * UNIT);
        _native.depositFor{value: 5 * UNIT}(address(account));
        vm.assertEq(stakeOf(address(account)), 5, "deposit");

        vm.prank(OWNER);
        account.withdrawTo(5, OWNER);

        vm.assertEq(OWNER.balance, 5 * UNIT, "coin");
    }
}
