// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IGroup} from "../interfaces/ICallbacks.sol";
import {ICombinedGroup} from "../interfaces/IGroups.sol";
import {GroupQuery} from "../libraries/GroupQuery.sol";

/// @title A group made of other groups
abstract contract CombinedGroup is ICombinedGroup {
    uint256 private constant MAX_PARTS = 16;

    address[] private _parts;

    constructor(address[] memory parts_) {
        if (parts_.length == 0 || parts_.length > MAX_PARTS) {
            revert BadPartCount(parts_.length, 1, MAX_PARTS);
        }
        _parts = parts_;
    }

    /// @inheritdoc ICombinedGroup
    function parts() external view returns (address[] memory) {
        return _parts;
    }

    /// @inheritdoc IGroup
    function keyHasPurpose(bytes32 key, uint256 purpose) external view returns (bool) {
        if (purpose != GroupQuery.MEMBER_PURPOSE) return false;
        address account = address(uint160(uint256(key)));
        return GroupQuery.keyOf(account) == key && _hasMember(account, _parts);
    }

    function _hasMember(address account, address[] storage groups)
        internal
        view
        virtual
        returns (bool);
}

/// @title Who is in one of several groups; a part that fails has no members
contract UnionGroup is CombinedGroup {
    constructor(address[] memory parts_) CombinedGroup(parts_) {}

    function _hasMember(address account, address[] storage groups)
        internal
        view
        override
        returns (bool)
    {
        for (uint256 i = 0; i < groups.length; ++i) {
            if (GroupQuery.hasMember(groups[i], account)) return true;
        }
        return false;
    }
}

/// @title Who is in all of several groups; a part that fails has no members
contract IntersectionGroup is CombinedGroup {
    constructor(address[] memory parts_) CombinedGroup(parts_) {}

    function _hasMember(address account, address[] storage groups)
        internal
        view
        override
        returns (bool)
    {
        for (uint256 i = 0; i < groups.length; ++i) {
            if (!GroupQuery.hasMember(groups[i], account)) return false;
        }
        return true;
    }
}
