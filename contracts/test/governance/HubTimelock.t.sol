// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {IHub} from "../../src/interfaces/IHub.sol";
import {IHubAdmin} from "../../src/interfaces/IHubAdmin.sol";
import {HubFixture} from "../base/HubFixture.sol";

/// @dev A hub whose owner is the timelock from its first block on.
contract HubTimelockTest is HubFixture {
    address private constant COUNCIL = address(0xc0);
    uint256 private constant DELAY = 7 days;

    TimelockController private _lock;
    IHub private _hub;

    function setUp() public override {
        super.setUp();
        address[] memory council = new address[](1);
        council[0] = COUNCIL;
        _lock = TimelockController(deployTimelock(DELAY, council, new address[](1)));
        _hub = hubOf(address(ruc), address(_lock));
    }

    function testChangesWaitLongerThanTheLongestDeal() public {
        bytes memory change = abi.encodeCall(IHubAdmin.setTeeBroker, (address(0x7ee)));

        vm.prank(COUNCIL);
        _lock.schedule(address(_hub), 0, change, 0, 0, DELAY);
        vm.warp(block.timestamp + DELAY - 1);
        vm.expectPartialRevert(TimelockController.TimelockUnexpectedOperationState.selector);
        _lock.execute(address(_hub), 0, change, 0, 0);
        vm.warp(block.timestamp + 1);
        _lock.execute(address(_hub), 0, change, 0, 0);

        vm.assertEq(_hub.teebroker(), address(0x7ee), "changed");
    }

    function testNobodyGoesRoundTheTimelock() public {
        address[3] memory callers = [COUNCIL, admin, address(this)];
        for (uint256 i = 0; i < callers.length; ++i) {
            vm.startPrank(callers[i]);
            vm.expectRevert(abi.encodeWithSelector(IHubAdmin.NotOwner.selector, callers[i]));
            _hub.setTeeBroker(COUNCIL);
            vm.expectPartialRevert(TimelockController.TimelockUnauthorizedCaller.selector);
            _lock.updateDelay(30 days);
            vm.stopPrank();
        }
        vm.expectRevert();
        _lock.schedule(address(_hub), 0, "", 0, 0, DELAY);
        vm.prank(COUNCIL);
        vm.expectRevert();
        _lock.schedule(address(_hub), 0, "", 0, 0, DELAY - 1);
    }

    function testTheDelayNeverBecomesShort() public {
        address[] memory council = new address[](1);
        vm.expectRevert();
        this.lockFor(DELAY - 1, council);

        bytes memory shorten = abi.encodeCall(TimelockController.updateDelay, (DELAY - 1));
        vm.prank(COUNCIL);
        _lock.schedule(address(_lock), 0, shorten, 0, 0, DELAY);
        vm.warp(block.timestamp + DELAY);
        vm.expectRevert();
        _lock.execute(address(_lock), 0, shorten, 0, 0);
        bytes memory extend = abi.encodeCall(TimelockController.updateDelay, (30 days));
        vm.prank(COUNCIL);
        _lock.schedule(address(_lock), 0, extend, 0, 0, DELAY);
        vm.warp(block.timestamp + DELAY);
        _lock.execute(address(_lock), 0, extend, 0, 0);
        vm.assertEq(_lock.getMinDelay(), 30 days, "longer");
    }

    /// @dev As a call of its own, so that its revert can be expected.
    function lockFor(uint256 delaySeconds, address[] memory council) external {
        deployTimelock(delaySeconds, council, council);
    }
}
