// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Category} from "../interfaces/HubTypes.sol";
import {IHubAdmin} from "../interfaces/IHubAdmin.sol";
import {HubStorage} from "./HubStorage.sol";

/// @title Owner and categories: what both the constructor and the administration change
abstract contract Categories is HubStorage {
    modifier onlyOwner() {
        if (msg.sender != _owner) revert IHubAdmin.NotOwner(msg.sender);
        _;
    }

    function _setOwner(address newOwner) internal {
        address previous = _owner;
        _owner = newOwner;
        delete _pendingOwner;
        emit IHubAdmin.OwnershipTransferred(previous, newOwner);
    }

    function _createCategory(string memory name, string memory description, uint256 timeref)
        internal
        returns (uint256 catid)
    {
        if (timeref == 0 || timeref > type(uint32).max) {
            revert IHubAdmin.BadTimeReference(timeref, type(uint32).max);
        }
        catid = _categoryCount++;
        _categories[catid] = Category(name, description, timeref);
        emit IHubAdmin.CreateCategory(catid, name, description, timeref);
    }
}
