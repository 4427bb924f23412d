// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {Packed} from "./Packed.sol";

/// @title The unchanging data of a resource, kept in its clone's code
/// @notice Fields one after the other, each as 2 bytes of length and its bytes.
library CloneData {
    using Packed for bytes;

    error FieldTooLong(uint256 length, uint256 max);

    function encode(bytes memory value) internal pure returns (bytes memory) {
        if (value.length > type(uint16).max) {
            revert FieldTooLong(value.length, type(uint16).max);
        }
        return abi.encodePacked(uint16(value.length), value);
    }

    /// @notice Field number `index` of the clone that runs this code.
    function field(uint256 index) internal view returns (bytes memory) {
        bytes memory data = Clones.fetchCloneArgs(address(this));
        uint256 offset = 0;
        for (uint256 i = 0; i < index; ++i) {
            offset += 2 + data.uintAt(offset, 2);
        }
        return data.slice(offset + 2, data.uintAt(offset, 2));
    }
}
