// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {IResource} from "../interfaces/IResources.sol";

/// @title What every resource's code has: its registry, and through it its owner
/// @dev Deployed once by the registry's constructor; resources are clones of it.
abstract contract ResourceBase is IResource {
    IERC721 private immutable REGISTRY;

    constructor() {
        REGISTRY = IERC721(msg.sender);
    }

    /// @inheritdoc IResource
    function owner() public view returns (address) {
        return REGISTRY.ownerOf(uint256(uint160(address(this))));
    }

    /// @inheritdoc IResource
    function registry() external view returns (address) {
        return address(REGISTRY);
    }
}
