// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Proxy} from "@openzeppelin/contracts/proxy/Proxy.sol";
import {IHubAdmin} from "../interfaces/IHubAdmin.sol";
import {EscrowDesk} from "./EscrowDesk.sol";
import {HubConfig, HubStorage} from "./HubStorage.sol";
import {HubViews} from "./HubViews.sol";
import {OrderDesk} from "./OrderDesk.sol";

/// @title Code that the hub runs in its own storage for money, order management and administration
/// @notice What it does not know it passes on to its HubViews. On its own this contract holds no money
/// and has no owner.
contract HubDesk is EscrowDesk, OrderDesk, IHubAdmin, Proxy {
    uint256 private constant MIN_CALLBACK_GAS = 50_000;
    uint256 private constant MAX_CALLBACK_GAS = 5_000_000;

    HubViews private immutable VIEWS;

    /// @param views has the token and the registries, which the desk takes over
    constructor(HubViews views) HubStorage(views.config()) {
        VIEWS = views;
    }

    receive() external payable {
        _fallback();
    }

    /// @notice What a hub made with this desk is built on.
    function config() external view returns (HubConfig memory) {
        return HubConfig(TOKEN, APP_REGISTRY, DATASET_REGISTRY, WORKERPOOL_REGISTRY);
    }

    /// @inheritdoc IHubAdmin
    function owner() external view returns (address) {
        return _owner;
    }

    /// @inheritdoc IHubAdmin
    function pendingOwner() external view returns (address) {
        return _pendingOwner;
    }

    /// @inheritdoc IHubAdmin
    function transferOwnership(address newOwner) external onlyOwner {
        _pendingOwner = newOwner;
        emit OwnershipTransferStarted(_owner, newOwner);
    }

    /// @inheritdoc IHubAdmin
    function acceptOwnership() external {
        if (msg.sender != _pendingOwner) revert NotOwner(msg.sender);
        _setOwner(msg.sender);
    }

    /// @inheritdoc IHubAdmin
    function createCategory(
        string calldata name_,
        string calldata description,
        uint256 workClockTimeRef
    ) external onlyOwner returns (uint256) {
        return _createCategory(name_, description, workClockTimeRef);
    }

    /// @inheritdoc IHubAdmin
    function setTeeBroker(address teebroker_) external onlyOwner {
        _teeBroker = teebroker_;
        emit TeeBrokerChanged(teebroker_);
    }

    /// @inheritdoc IHubAdmin
    function setCallbackGas(uint256 callbackgas_) external onlyOwner {
        if (callbackgas_ < MIN_CALLBACK_GAS || callbackgas_ > MAX_CALLBACK_GAS) {
            revert CallbackGasOutOfRange(callbackgas_, MIN_CALLBACK_GAS, MAX_CALLBACK_GAS);
        }
        _callbackGas = uint64(callbackgas_);
        emit CallbackGasChanged(callbackgas_);
    }

    /// @inheritdoc IHubAdmin
    function updateDomainSeparator() external {}

    function _implementation() internal view override returns (address) {
        return address(VIEWS);
    }
}
