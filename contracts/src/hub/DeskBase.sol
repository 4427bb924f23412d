// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Proxy} from "@openzeppelin/contracts/proxy/Proxy.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IHubAdmin} from "../interfaces/IHubAdmin.sol";
import {IHubViews} from "../interfaces/IHubViews.sol";
import {Deposits} from "./Deposits.sol";
import {HubConfig, HubStorage} from "./HubStorage.sol";
import {HubViews} from "./HubViews.sol";
import {OrderDesk} from "./OrderDesk.sol";

/// @title Code that the hub runs in its own storage for money, order management and administration
/// @notice What it does not know it passes on to its HubViews. On its own a desk holds no money and has
/// no owner.
abstract contract DeskBase is Deposits, OrderDesk, IHubAdmin, Proxy {
    uint256 private constant MIN_CALLBACK_GAS = 50_000;
    uint256 private constant MAX_CALLBACK_GAS = 5_000_000;

    HubViews private immutable VIEWS;
    address private immutable PREVIOUS_HUB;

    /// @param views has the token and the registries, which the desk takes over
    /// @param previousHub_ knows scores of workers; zero: none
    constructor(HubViews views, address previousHub_) HubStorage(views.config()) {
        VIEWS = views;
        PREVIOUS_HUB = previousHub_;
    }

    receive() external payable virtual {
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
    function previousHub() external view returns (address) {
        return PREVIOUS_HUB;
    }

    /// @inheritdoc IHubAdmin
    function importScore(address worker) external {
        if (PREVIOUS_HUB == address(0)) revert NoPreviousHub();
        if (_isScoreImported[worker]) revert ScoreAlreadyImported(worker);
        _isScoreImported[worker] = true;
        uint256 score = Math.max(_scores[worker], IHubViews(PREVIOUS_HUB).viewScore(worker));
        _scores[worker] = score;
        emit ScoreImported(worker, score);
    }

    /// @inheritdoc IHubAdmin
    function configure(
        address,
        string calldata,
        string calldata,
        uint8,
        address,
        address,
        address,
        address
    ) external pure {
        revert("already-configured");
    }

    /// @inheritdoc IHubAdmin
    function changeRegistries(address, address, address) external pure {
        revert RegistriesAreFixed();
    }

    /// @inheritdoc IHubAdmin
    function updateDomainSeparator() external {}

    function _implementation() internal view override returns (address) {
        return address(VIEWS);
    }
}
