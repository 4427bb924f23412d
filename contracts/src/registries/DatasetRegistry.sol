// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IDatasetRegistry} from "../interfaces/IRegistries.sol";
import {IDataset} from "../interfaces/IResources.sol";
import {CloneData} from "../libraries/CloneData.sol";
import {RegistryBase} from "./RegistryBase.sol";
import {ResourceBase} from "./ResourceBase.sol";

/// @title Code of every dataset
contract Dataset is IDataset, ResourceBase {
    /// @inheritdoc IDataset
    function m_datasetName() external view returns (string memory) {
        return string(CloneData.field(0));
    }

    /// @inheritdoc IDataset
    function m_datasetMultiaddr() external view returns (bytes memory) {
        return CloneData.field(1);
    }

    /// @inheritdoc IDataset
    function m_datasetChecksum() external view returns (bytes32) {
        return bytes32(CloneData.field(2));
    }
}

/// @title Registry of datasets
contract DatasetRegistry is IDatasetRegistry, RegistryBase {
    constructor(address previous_)
        RegistryBase("Ruche dataset registry", "RDATA", address(new Dataset()), previous_)
    {}

    /// @inheritdoc IDatasetRegistry
    function createDataset(
        address owner,
        string calldata name_,
        bytes calldata multiaddr,
        bytes32 checksum
    ) external returns (address) {
        return _create(owner, _data(name_, multiaddr, checksum));
    }

    /// @inheritdoc IDatasetRegistry
    function predictDataset(
        address owner,
        string calldata name_,
        bytes calldata multiaddr,
        bytes32 checksum
    ) external view returns (address) {
        return _predict(owner, _data(name_, multiaddr, checksum));
    }

    function _data(string calldata name_, bytes calldata multiaddr, bytes32 checksum)
        private
        pure
        returns (bytes memory)
    {
        return bytes.concat(
            CloneData.encode(bytes(name_)),
            CloneData.encode(multiaddr),
            CloneData.encode(bytes.concat(checksum))
        );
    }
}
