// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IGroup} from "../../src/interfaces/ICallbacks.sol";
import {ICombinedGroup, IMemberGroup} from "../../src/interfaces/IGroups.sol";
import {HubFixture} from "../base/HubFixture.sol";
import {LoopingGroup, RevertingGroup} from "../mocks/Groups.sol";

contract GroupsTest is HubFixture {
    address private constant OWNER = address(0x0e);
    address private constant ALICE = address(0xa11ce);
    address private constant BOB = address(0xb0b);

    IMemberGroup private _group;

    function setUp() public override {
        super.setUp();
        _group = deployMemberGroup(OWNER, _one(ALICE));
    }

    function testTheOwnerKeepsTheList() public {
        vm.startPrank(OWNER);
        vm.expectEmit(address(_group));
        emit IMemberGroup.MemberAdded(BOB);
        _group.add(_one(BOB));
        _group.add(_one(BOB));
        vm.assertEq(_group.countMembers(), 2, "no member twice");
        vm.expectEmit(address(_group));
        emit IMemberGroup.MemberRemoved(ALICE);
        _group.remove(_one(ALICE));
        _group.remove(_one(ALICE));
        vm.stopPrank();

        vm.assertFalse(_group.isMember(ALICE), "gone");
        vm.assertTrue(_group.isMember(BOB), "there");
        vm.assertEq(_group.listMembers(0, type(uint256).max)[0], BOB, "list");
    }

    function testNobodyElseKeepsTheList() public {
        bytes memory refusal =
            abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, ALICE);
        vm.startPrank(ALICE);
        vm.expectRevert(refusal);
        _group.add(_one(BOB));
        vm.expectRevert(refusal);
        _group.remove(_one(ALICE));
        vm.stopPrank();
    }

    function testListsPageByPage() public {
        vm.prank(OWNER);
        _group.add(_two(BOB, OWNER));

        vm.assertEq(_group.listMembers(0, 2).length, 2, "first page");
        vm.assertEq(_group.listMembers(2, 2).length, 1, "last page");
        vm.assertEq(_group.listMembers(3, 2).length, 0, "beyond");
    }

    function testAnswersForMembershipOnly(uint256 key, uint256 purpose) public view {
        bytes32 alice = bytes32(uint256(uint160(ALICE)));
        vm.assertTrue(_group.keyHasPurpose(alice, 4), "member");
        if (purpose != 4) vm.assertFalse(_group.keyHasPurpose(alice, purpose), "other purpose");
        if (bytes32(key) != alice) vm.assertFalse(_group.keyHasPurpose(bytes32(key), 4), "other");
        bytes32 dirty = alice | bytes32(uint256(1) << 160);
        vm.assertFalse(_group.keyHasPurpose(dirty, 4), "more than an address");
    }

    function testUnitesAndIntersects() public {
        IMemberGroup other = deployMemberGroup(OWNER, _two(BOB, OWNER));
        vm.prank(OWNER);
        other.add(_one(ALICE));
        address[] memory parts = _two(address(_group), address(other));
        ICombinedGroup any = deployCombinedGroup("UnionGroup", parts);
        ICombinedGroup all = deployCombinedGroup("IntersectionGroup", parts);

        vm.assertTrue(_has(any, ALICE) && _has(any, BOB), "union");
        vm.assertFalse(_has(any, admin), "nobody's");
        vm.assertTrue(_has(all, ALICE), "in both");
        vm.assertFalse(_has(all, BOB), "in one only");
        vm.assertFalse(any.keyHasPurpose(bytes32(uint256(uint160(ALICE))), 3), "purpose");
        vm.assertEq(all.parts()[1], address(other), "parts");
    }

    function testAPartThatFailsHasNoMembers() public {
        address[] memory parts = _two(address(new RevertingGroup()), address(_group));
        ICombinedGroup any = deployCombinedGroup("UnionGroup", parts);
        ICombinedGroup all = deployCombinedGroup("IntersectionGroup", parts);
        ICombinedGroup nothing = deployCombinedGroup("UnionGroup", _one(ALICE));

        vm.assertTrue(_has(any, ALICE), "the other part counts");
        vm.assertFalse(_has(all, ALICE), "not in all");
        vm.assertFalse(_has(nothing, ALICE), "an account is no group");
    }

    function testBoundsTheParts() public {
        vm.expectRevert();
        this.combine(0);
        vm.expectRevert();
        this.combine(17);
        this.combine(16);
    }

    /// @dev As a call of its own, so that its revert can be expected.
    function combine(uint256 count) external {
        deployCombinedGroup("UnionGroup", new address[](count));
    }

    function testRestrictsOrders() public {
        IMemberGroup buyers = deployMemberGroup(OWNER, _one(requester));
        ICombinedGroup both =
            deployCombinedGroup("IntersectionGroup", _two(address(buyers), address(_group)));
        Orders memory orders = withDataset(standardOrders());
        orders.dataset.requesterrestrict = address(both);
        orders = signed(orders);

        vm.expectRevert("iExecV5-matchOrders-0x18");
        matchThem(orders);
        vm.prank(OWNER);
        _group.add(_one(requester));
        matchThem(orders);
    }

    function testAGroupThatLoopsOnlyWastesTheCallersGas() public {
        Orders memory orders = withDataset(standardOrders());
        orders.dataset.requesterrestrict = address(new LoopingGroup());
        orders = signed(orders);

        vm.expectRevert("iExecV5-matchOrders-0x18");
        hub.matchOrders{gas: 3_000_000}(orders.app, orders.dataset, orders.pool, orders.request);
        matchThem(signed(standardOrders()));
    }

    function _has(IGroup group, address account) private view returns (bool) {
        return group.keyHasPurpose(bytes32(uint256(uint160(account))), 4);
    }

    function _one(address member) private pure returns (address[] memory members) {
        members = new address[](1);
        members[0] = member;
    }

    function _two(address first, address second) private pure returns (address[] memory members) {
        members = new address[](2);
        (members[0], members[1]) = (first, second);
    }
}
