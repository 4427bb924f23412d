// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Ownable, Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";
import {EnumerableSet} from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";
import {IGroup} from "../interfaces/ICallbacks.sol";
import {IMemberGroup} from "../interfaces/IGroups.sol";
import {GroupQuery} from "../libraries/GroupQuery.sol";

/// @title A list of accounts that its owner keeps
/// @notice Put its address into an order's restriction, and only its members match: apps, datasets,
/// workerpools or requesters, whatever the restriction is about.
contract MemberGroup is IMemberGroup, Ownable2Step {
    using EnumerableSet for EnumerableSet.AddressSet;

    EnumerableSet.AddressSet private _members;

    constructor(address owner_, address[] memory members) Ownable(owner_) {
        for (uint256 i = 0; i < members.length; ++i) {
            _add(members[i]);
        }
    }

    /// @inheritdoc IMemberGroup
    function add(address[] calldata members) external onlyOwner {
        for (uint256 i = 0; i < members.length; ++i) {
            _add(members[i]);
        }
    }

    /// @inheritdoc IMemberGroup
    function remove(address[] calldata members) external onlyOwner {
        for (uint256 i = 0; i < members.length; ++i) {
            if (_members.remove(members[i])) emit MemberRemoved(members[i]);
        }
    }

    /// @inheritdoc IGroup
    function keyHasPurpose(bytes32 key, uint256 purpose) external view returns (bool) {
        if (purpose != GroupQuery.MEMBER_PURPOSE) return false;
        address account = address(uint160(uint256(key)));
        return GroupQuery.keyOf(account) == key && _members.contains(account);
    }

    /// @inheritdoc IMemberGroup
    function isMember(address account) external view returns (bool) {
        return _members.contains(account);
    }

    /// @inheritdoc IMemberGroup
    function countMembers() external view returns (uint256) {
        return _members.length();
    }

    /// @inheritdoc IMemberGroup
    function listMembers(uint256 first, uint256 count) external view returns (address[] memory) {
        uint256 end = count < type(uint256).max - first ? first + count : type(uint256).max;
        return _members.values(first, end);
    }

    function _add(address member) private {
        if (_members.add(member)) emit MemberAdded(member);
    }
}
