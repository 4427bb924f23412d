// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

/// @dev Says no instead of reverting.
contract RefusingToken {
    function transferFrom(address, address, uint256) external pure returns (bool) {
        return false;
    }

    function transfer(address, uint256) external pure returns (bool) {
        return false;
    }

    function approve(address, uint256) external pure returns (bool) {
        return false;
    }
}
