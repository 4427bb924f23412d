// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import "../../src/interfaces/HubTypes.sol";
import {IHubAdmin} from "../../src/interfaces/IHubAdmin.sol";
import {IHub} from "../../src/interfaces/IHub.sol";
import {HubFixture} from "../base/HubFixture.sol";

contract AdminTest is HubFixture {
    function testRefusesEverybodyElse() public {
        bytes memory error = abi.encodeWithSelector(IHubAdmin.NotOwner.selector, requester);
        vm.startPrank(requester);
        vm.expectRevert(error);
        hub.createCategory("n", "d", 1);
        vm.expectRevert(error);
        hub.setTeeBroker(requester);
        vm.expectRevert(error);
        hub.setCallbackGas(100_000);
        vm.expectRevert(error);
        hub.transferOwnership(requester);
        vm.expectRevert(error);
        hub.acceptOwnership();
        vm.stopPrank();
    }

    function testRefusesReferenceTimesThatMakeNoSense() public {
        vm.startPrank(admin);
        vm.expectRevert(
            abi.encodeWithSelector(IHubAdmin.BadTimeReference.selector, 0, type(uint32).max)
        );
        hub.createCategory("n", "d", 0);
        uint256 tooLong = uint256(type(uint32).max) + 1;
        vm.expectRevert(
            abi.encodeWithSelector(IHubAdmin.BadTimeReference.selector, tooLong, type(uint32).max)
        );
        hub.createCategory("n", "d", tooLong);
        vm.stopPrank();
    }

    function testCreatesACategory() public {
        vm.expectEmit(address(hub));
        emit IHubAdmin.CreateCategory(2, "L", "three hours", 10_800);
        vm.prank(admin);
        vm.assertEq(hub.createCategory("L", "three hours", 10_800), 2, "id");

        vm.assertEq(hub.countCategory(), 3, "count");
        Category memory category = hub.viewCategory(2);
        vm.assertEq(category.name, "L", "name");
        vm.assertEq(category.description, "three hours", "description");
        vm.assertEq(category.workClockTimeRef, 10_800, "reference time");
    }

    function testAnUnknownCategoryRevertsWithoutAReason() public {
        vm.expectRevert(bytes(""));
        hub.viewCategory(2);
    }

    function testBoundsTheCallbackGas() public {
        vm.startPrank(admin);
        vm.expectRevert(
            abi.encodeWithSelector(
                IHubAdmin.CallbackGasOutOfRange.selector, 49_999, 50_000, 5_000_000
            )
        );
        hub.setCallbackGas(49_999);
        vm.expectRevert(
            abi.encodeWithSelector(
                IHubAdmin.CallbackGasOutOfRange.selector, 5_000_001, 50_000, 5_000_000
            )
        );
        hub.setCallbackGas(5_000_001);
        vm.expectEmit(address(hub));
        emit IHubAdmin.CallbackGasChanged(100_000);
        hub.setCallbackGas(100_000);
        vm.assertEq(hub.callbackgas(), 100_000, "callback gas");
        vm.stopPrank();
    }

    function testSetsTheTeeBroker() public {
        vm.expectEmit(address(hub));
        emit IHubAdmin.TeeBrokerChanged(appOwner);
        vm.prank(admin);
        hub.setTeeBroker(appOwner);

        vm.assertEq(hub.teebroker(), appOwner, "broker");
    }

    function testOwnershipMovesInTwoSteps() public {
        vm.expectEmit(address(hub));
        emit IHubAdmin.OwnershipTransferStarted(admin, requester);
        vm.prank(admin);
        hub.transferOwnership(requester);
        vm.assertEq(hub.owner(), admin, "not yet");
        vm.assertEq(hub.pendingOwner(), requester, "pending");
        vm.expectEmit(address(hub));
        emit IHubAdmin.OwnershipTransferred(admin, requester);
        vm.prank(requester);
        hub.acceptOwnership();

        vm.assertEq(hub.owner(), requester, "owner");
        vm.assertEq(hub.pendingOwner(), address(0), "nothing pending");
        vm.expectRevert(abi.encodeWithSelector(IHubAdmin.NotOwner.selector, admin));
        vm.prank(admin);
        hub.setTeeBroker(admin);
    }

    function testUpdatingTheSeparatorIsAllowedToEverybody() public {
        bytes32 before = hub.eip712domain_separator();

        hub.updateDomainSeparator();

        vm.assertEq(hub.eip712domain_separator(), before, "same");
    }

    function testTheDeskAloneHasNoOwner() public {
        IHub desk = deskOf(address(ruc));

        vm.assertEq(desk.owner(), address(0), "owner");
        vm.expectRevert(abi.encodeWithSelector(IHubAdmin.NotOwner.selector, address(this)));
        desk.setTeeBroker(address(this));
    }

    function testADeploymentNeedsSensibleCategories() public {
        IHub desk = deskOf(address(ruc));
        Category[] memory categories = new Category[](1);

        vm.expectRevert();
        this.deployHubOutside(desk, categories);
    }

    /// @dev As a call of its own, so that its revert can be expected.
    function deployHubOutside(IHub desk, Category[] calldata categories) external {
        deployHub(desk, admin, categories);
    }
}
