// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {
    IERC721Enumerable
} from "@openzeppelin/contracts/token/ERC721/extensions/IERC721Enumerable.sol";

/// @title An ERC-721 of resources: the token id is the resource's address
/// @notice Anyone may create a resource for any owner. The address follows from owner and content, so
/// it can be predicted, and the same resource cannot be made twice (`Create2: Failed on deploy`).
interface IRegistry is IERC721Enumerable {
    function isRegistered(address resource) external view returns (bool);

    /// @notice Owner of a resource, or zero when it is not registered here or in a previous registry.
    function ownerOfResource(address resource) external view returns (address);

    /// @notice The contract whose code every resource of this registry runs.
    function master() external view returns (address);

    /// @notice Registry that answers for resources unknown here; zero: none.
    function previous() external view returns (address);
}

interface IAppRegistry is IRegistry {
    function createApp(
        address owner,
        string calldata name,
        string calldata appType,
        bytes calldata multiaddr,
        bytes32 checksum,
        bytes calldata mrenclave
    ) external returns (address app);

    function predictApp(
        address owner,
        string calldata name,
        string calldata appType,
        bytes calldata multiaddr,
        bytes32 checksum,
        bytes calldata mrenclave
    ) external view returns (address app);
}

interface IDatasetRegistry is IRegistry {
    function createDataset(
        address owner,
        string calldata name,
        bytes calldata multiaddr,
        bytes32 checksum
    ) external returns (address dataset);

    function predictDataset(
        address owner,
        string calldata name,
        bytes calldata multiaddr,
        bytes32 checksum
    ) external view returns (address dataset);
}

interface IWorkerpoolRegistry is IRegistry {
    function createWorkerpool(address owner, string calldata description)
        external
        returns (address workerpool);

    function predictWorkerpool(address owner, string calldata description)
        external
        view
        returns (address workerpool);
}
