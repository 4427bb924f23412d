// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {
    ERC721Enumerable
} from "@openzeppelin/contracts/token/ERC721/extensions/ERC721Enumerable.sol";
import {IRegistry} from "../interfaces/IRegistries.sol";

/// @title Registry of clones whose address follows from their owner and data
abstract contract RegistryBase is IRegistry, ERC721Enumerable {
    address public immutable master;
    address public immutable previous;

    constructor(string memory name_, string memory symbol_, address master_, address previous_)
        ERC721(name_, symbol_)
    {
        master = master_;
        previous = previous_;
    }

    /// @inheritdoc IRegistry
    function isRegistered(address resource) external view returns (bool) {
        return ownerOfResource(resource) != address(0);
    }

    /// @inheritdoc IRegistry
    function ownerOfResource(address resource) public view returns (address owner) {
        owner = _ownerOf(uint256(uint160(resource)));
        if (owner == address(0) && previous != address(0)) {
            return IRegistry(previous).ownerOfResource(resource);
        }
    }

    function _create(address owner, bytes memory data) internal returns (address resource) {
        resource = _predict(owner, data);
        if (resource.code.length > 0) revert("Create2: Failed on deploy");
        Clones.cloneDeterministicWithImmutableArgs(master, data, _salt(owner));
        _mint(owner, uint256(uint160(resource)));
    }

    function _predict(address owner, bytes memory data) internal view returns (address) {
        return Clones.predictDeterministicAddressWithImmutableArgs(master, data, _salt(owner));
    }

    // The data need not be in the salt: it is in the creation code.
    function _salt(address owner) private pure returns (bytes32) {
        return bytes32(uint256(uint160(owner)));
    }
}
