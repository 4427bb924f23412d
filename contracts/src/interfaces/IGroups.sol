// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IGroup} from "./ICallbacks.sol";

/// @title A list of accounts that its owner keeps, for use as restriction in orders
interface IMemberGroup is IGroup {
    event MemberAdded(address indexed member);
    event MemberRemoved(address indexed member);

    function add(address[] calldata members) external;
    function remove(address[] calldata members) external;
    function isMember(address account) external view returns (bool);
    function countMembers() external view returns (uint256);

    /// @notice At most `count` members from position `first` on; the order may change when members go.
    function listMembers(uint256 first, uint256 count) external view returns (address[] memory);
}

/// @title A group made of other groups, fixed at its creation
interface ICombinedGroup is IGroup {
    error BadPartCount(uint256 parts, uint256 min, uint256 max);

    function parts() external view returns (address[] memory);
}
