// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IGroup} from "../../src/interfaces/ICallbacks.sol";

contract ListGroup is IGroup {
    mapping(bytes32 => bool) private _members;

    function add(address member) external {
        _members[bytes32(uint256(uint160(member)))] = true;
    }

    function keyHasPurpose(bytes32 key, uint256 purpose) external view returns (bool) {
        return purpose == 4 && _members[key];
    }
}

contract RevertingGroup is IGroup {
    function keyHasPurpose(bytes32, uint256) external pure returns (bool) {
        revert("closed");
    }
}

/// @dev Answers with a number that is not a boolean.
contract TalkativeGroup {
    fallback() external {
        assembly {
            mstore(0, 2)
            return(0, 0x2000)
        }
    }
}

/// @dev Answers with less than a word.
contract MuteGroup {
    fallback() external {
        assembly {
            mstore(0, not(0))
            return(0, 31)
        }
    }
}

/// @dev Never answers.
contract LoopingGroup is IGroup {
    function keyHasPurpose(bytes32, uint256) external view returns (bool) {
        while (gasleft() > 0) {}
        return true;
    }
}
