// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {AppOrder, WorkerpoolOrder} from "../../src/interfaces/HubTypes.sol";
import {FailureCode} from "../../kit/Failures.sol";
import {Asker} from "../../kit/examples/Asker.sol";
import {KitFixture} from "./KitFixture.sol";

/// @dev The example that the package brings.
contract AskerTest is KitFixture {
    Asker private _asker;

    function setUp() public override {
        super.setUp();
        vm.startPrank(admin);
        _asker = new Asker(address(hub), app, 1);
        ruc.approve(address(_asker), BUDGET);
        _asker.deposit(BUDGET);
        vm.stopPrank();
    }

    function testOnlyItsOwnerSpends() public {
        (AppOrder memory appOffer, WorkerpoolOrder memory poolOffer) = offers();
        bytes memory notOwner = abi.encodeWithSelector(Asker.NotOwner.selector, POKER);

        vm.startPrank(POKER);
        vm.expectRevert(notOwner);
        _asker.ask(ARGS, 1, block.timestamp + 1 days);
        vm.expectRevert(notOwner);
        _asker.askWith(ARGS, 1, block.timestamp + 1 days, appOffer, poolOffer);
        vm.expectRevert(notOwner);
        _asker.withdraw(1);
        vm.stopPrank();
    }

    function testKeepsAnswers() public {
        (AppOrder memory appOffer, WorkerpoolOrder memory poolOffer) = offers();
        vm.prank(admin);
        bytes32 id = _asker.askWith(ARGS, BUDGET, block.timestamp + 3000, appOffer, poolOffer);

        serve(lastDeal(), ANSWER);

        vm.assertEq(_asker.answers(id), ANSWER, "answer");
    }

    function testKeepsFailures() public {
        vm.prank(admin);
        bytes32 id = _asker.ask(ARGS, BUDGET, block.timestamp + 1 days);

        serve(matchOpen(broadcastOrder()), failureOf(FailureCode.MEMORY, "MEMORY"));

        (uint8 code, string memory detail) = _asker.failures(id);
        vm.assertEq(code, FailureCode.MEMORY, "code");
        vm.assertEq(detail, "MEMORY", "detail");
    }

    function testGivesBackWhatIsLeft() public {
        vm.prank(admin);
        _asker.withdraw(BUDGET);

        vm.assertEq(ruc.balanceOf(admin), 90 * BUDGET, "tokens");
    }
}
