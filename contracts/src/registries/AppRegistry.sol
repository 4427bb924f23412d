// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IAppRegistry} from "../interfaces/IRegistries.sol";
import {IApp} from "../interfaces/IResources.sol";
import {CloneData} from "../libraries/CloneData.sol";
import {RegistryBase} from "./RegistryBase.sol";
import {ResourceBase} from "./ResourceBase.sol";

/// @title Code of every app
contract App is IApp, ResourceBase {
    /// @inheritdoc IApp
    function m_appName() external view returns (string memory) {
        return string(CloneData.field(0));
    }

    /// @inheritdoc IApp
    function m_appType() external view returns (string memory) {
        return string(CloneData.field(1));
    }

    /// @inheritdoc IApp
    function m_appMultiaddr() external view returns (bytes memory) {
        return CloneData.field(2);
    }

    /// @inheritdoc IApp
    function m_appChecksum() external view returns (bytes32) {
        return bytes32(CloneData.field(3));
    }

    /// @inheritdoc IApp
    function m_appMREnclave() external view returns (bytes memory) {
        return CloneData.field(4);
    }
}

/// @title Registry of apps
contract AppRegistry is IAppRegistry, RegistryBase {
    constructor(address previous_)
        RegistryBase("Ruche app registry", "RAPP", address(new App()), previous_)
    {}

    /// @inheritdoc IAppRegistry
    function createApp(
        address owner,
        string calldata name_,
        string calldata appType,
        bytes calldata multiaddr,
        bytes32 checksum,
        bytes calldata mrenclave
    ) external returns (address) {
        return _create(owner, _data(name_, appType, multiaddr, checksum, mrenclave));
    }

    /// @inheritdoc IAppRegistry
    function predictApp(
        address owner,
        string calldata name_,
        string calldata appType,
        bytes calldata multiaddr,
        bytes32 checksum,
        bytes calldata mrenclave
    ) external view returns (address) {
        return _predict(owner, _data(name_, appType, multiaddr, checksum, mrenclave));
    }

    function _data(
        string calldata name_,
        string calldata appType,
        bytes calldata multiaddr,
        bytes32 checksum,
        bytes calldata mrenclave
    ) private pure returns (bytes memory) {
        return bytes.concat(
            CloneData.encode(bytes(name_)),
            CloneData.encode(bytes(appType)),
            CloneData.encode(multiaddr),
            CloneData.encode(bytes.concat(checksum)),
            CloneData.encode(mrenclave)
        );
    }
}
