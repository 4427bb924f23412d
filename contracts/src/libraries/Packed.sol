// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IHubMarket} from "../interfaces/IHubMarket.sol";

/// @title Reading numbers out of tightly packed bytes, and checking that they fit before packing
library Packed {
    /// @notice Big-endian number of `size` bytes (1 to 32) at `offset`. The caller checks bounds.
    function uintAt(bytes memory data, uint256 offset, uint256 size)
        internal
        pure
        returns (uint256 value)
    {
        assembly ("memory-safe") {
            value := shr(sub(256, shl(3, size)), mload(add(add(data, 0x20), offset)))
        }
    }

    function addressAt(bytes memory data, uint256 offset) internal pure returns (address) {
        return address(uint160(uintAt(data, offset, 20)));
    }

    /// @notice A copy of the `length` bytes at `offset`. The caller checks bounds.
    function slice(bytes memory data, uint256 offset, uint256 length)
        internal
        pure
        returns (bytes memory part)
    {
        part = new bytes(length);
        assembly ("memory-safe") {
            mcopy(add(part, 0x20), add(add(data, 0x20), offset), length)
        }
    }

    function requireFits(string memory field, uint256 value, uint256 max) internal pure {
        if (value > max) revert IHubMarket.ValueTooWide(field, value, max);
    }
}
