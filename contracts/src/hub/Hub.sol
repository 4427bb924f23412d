// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Proxy} from "@openzeppelin/contracts/proxy/Proxy.sol";
import {Category} from "../interfaces/HubTypes.sol";
import {CodeStore} from "../libraries/CodeStore.sol";
import {Categories} from "./Categories.sol";
import {DeskBase} from "./DeskBase.sol";
import {HubStorage} from "./HubStorage.sol";
import {Matching} from "./Matching.sol";
import {Settling} from "./Settling.sol";
import {Signatures} from "./Signatures.sol";

/// @title The hub: market, escrow and verdict behind one address
/// @notice Its own code is the path of every deal and task. All else is the code of one desk
/// (deposits, order management, administration) and that desk's HubViews, fixed at deployment and run
/// in the hub's storage. The whole interface is IHub.
contract Hub is Matching, Settling, Categories, Proxy {
    DeskBase private immutable DESK;
    uint256 private immutable HOME_CHAIN_ID;
    bytes32 private immutable HOME_DOMAIN_SEPARATOR;

    /// @param desk has the token and the registries, which the hub takes over
    /// @param owner_ may create categories and set the TEE broker and the callbacks' gas
    /// @param categories the first categories, in order; more can be added, none changed
    constructor(DeskBase desk, address owner_, Category[] memory categories)
        HubStorage(desk.config())
    {
        DESK = desk;
        HOME_CHAIN_ID = block.chainid;
        HOME_DOMAIN_SEPARATOR = Signatures._domainSeparator();
        _callbackGas = uint64(DEFAULT_CALLBACK_GAS);
        _setOwner(owner_);
        for (uint256 i = 0; i < categories.length; ++i) {
            Category memory category = categories[i];
            _createCategory(category.name, category.description, category.workClockTimeRef);
        }
    }

    /// @notice For the creation code of write-once records: the bytes that wait to be stored.
    function pendingCode() external view {
        CodeStore.returnPending();
    }

    receive() external payable {
        _fallback();
    }

    function _implementation() internal view override returns (address) {
        return address(DESK);
    }

    function _domainSeparator() internal view override returns (bytes32) {
        if (block.chainid == HOME_CHAIN_ID) return HOME_DOMAIN_SEPARATOR;
        return super._domainSeparator();
    }
}
