// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IHubDeposits} from "../../src/interfaces/IHubDeposits.sol";
import {IHubEscrow} from "../../src/interfaces/IHubEscrow.sol";
import {IHubMarket} from "../../src/interfaces/IHubMarket.sol";
import {IHubOrders} from "../../src/interfaces/IHubOrders.sol";
import {IHubTasks} from "../../src/interfaces/IHubTasks.sol";
import {IHubViews} from "../../src/interfaces/IHubViews.sol";
import {INativeEscrow} from "../../src/interfaces/INativeEscrow.sol";
import {IGrid, IGridToken} from "../../kit/IGrid.sol";
import {TestBase} from "../base/TestBase.sol";

/// @dev The kit asks of hub and token only what their interfaces have. An interface's id is the
/// exclusive or of its selectors.
contract IGridTest is TestBase {
    function testIsPartOfTheHub() public pure {
        bytes4 market = IHubMarket.matchOrders.selector ^ IHubOrders.manageRequestOrder.selector
            ^ IHubOrders.broadcastRequestOrder.selector;
        bytes4 tasks = IHubTasks.claim.selector ^ IHubTasks.initializeAndClaimArray.selector;
        bytes4 views = IHubViews.resultFor.selector ^ IHubViews.viewTask.selector
            ^ IHubViews.viewDeal.selector ^ IHubViews.viewCategory.selector
            ^ IHubViews.countCategory.selector ^ IHubViews.eip712domain_separator.selector;
        bytes4 money = IHubDeposits.token.selector ^ IHubDeposits.viewAccount.selector
            ^ IHubDeposits.withdrawTo.selector ^ IHubEscrow.deposit.selector
            ^ INativeEscrow.deposit.selector;

        bytes4 expected = market ^ tasks ^ views ^ money;
        vm.assertEq(bytes32(type(IGrid).interfaceId), bytes32(expected), "hub");
    }

    function testIsPartOfTheToken() public pure {
        bytes4 expected = IERC20.approve.selector ^ IERC20.transferFrom.selector;
        vm.assertEq(bytes32(type(IGridToken).interfaceId), bytes32(expected), "token");
    }
}
