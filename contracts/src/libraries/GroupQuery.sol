// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {LowLevelCall} from "@openzeppelin/contracts/utils/LowLevelCall.sol";
import {IGroup} from "../interfaces/ICallbacks.sol";

/// @title Asking a group of unknown quality whether an account belongs to it
library GroupQuery {
    /// @notice The ERC-734 purpose that stands for membership.
    uint256 internal constant MEMBER_PURPOSE = 4;

    /// @notice False also for what is no contract, reverts, or answers anything but true.
    function hasMember(address group, address account) internal view returns (bool) {
        if (group.code.length == 0) return false;
        (bool success, bytes32 answer,) = LowLevelCall.staticcallReturn64Bytes(
            group, abi.encodeCall(IGroup.keyHasPurpose, (keyOf(account), MEMBER_PURPOSE))
        );
        return success && LowLevelCall.returnDataSize() >= 32 && answer == bytes32(uint256(1));
    }

    function keyOf(address account) internal pure returns (bytes32) {
        return bytes32(uint256(uint160(account)));
    }
}
