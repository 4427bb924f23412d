// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

/// @title What the hub's owner may do; nothing here moves users' money
/// @notice The TEE broker and the callbacks' gas also count for running deals, so the owner of a public
/// hub is a timelock whose delay outlasts a deal.
interface IHubAdmin {
    event OwnershipTransferStarted(address indexed previousOwner, address indexed newOwner);
    event OwnershipTransferred(address indexed previousOwner, address indexed newOwner);
    event CreateCategory(uint256 catid, string name, string description, uint256 workClockTimeRef);
    event TeeBrokerChanged(address teebroker);
    event CallbackGasChanged(uint256 callbackgas);
    event ScoreImported(address indexed worker, uint256 score);

    error NotOwner(address caller);
    error BadTimeReference(uint256 workClockTimeRef, uint256 max);
    error CallbackGasOutOfRange(uint256 callbackgas, uint256 min, uint256 max);

    /// @notice Thrown by `changeRegistries`: what a deal may name is fixed. A registry names the one
    /// before it, and new registries come with a new hub.
    error RegistriesAreFixed();
    error NoPreviousHub();
    error ScoreAlreadyImported(address worker);

    function owner() external view returns (address);
    function pendingOwner() external view returns (address);

    /// @notice Two steps: the new owner has to call `acceptOwnership`.
    function transferOwnership(address newOwner) external;
    function acceptOwnership() external;

    /// @param workClockTimeRef seconds; a task's deadlines are multiples of it. Never changes.
    function createCategory(
        string calldata name,
        string calldata description,
        uint256 workClockTimeRef
    ) external returns (uint256 catid);

    /// @notice Signer of authorizations for enclave contributions instead of the pool owner; zero: none.
    function setTeeBroker(address teebroker) external;

    /// @notice Gas that a callback gets at finalize.
    function setCallbackGas(uint256 callbackgas) external;

    /// @notice Takes a worker's score over from the previous hub, if it is the higher one. Anyone may
    /// call, once for a worker.
    function importScore(address worker) external;

    /// @notice The hub that scores are taken over from; zero: none.
    function previousHub() external view returns (address);

    /// @notice Reverts with `already-configured`: a hub is complete when it is created.
    function configure(
        address token,
        string calldata name,
        string calldata symbol,
        uint8 decimals,
        address appregistry,
        address datasetregistry,
        address workerpoolregistry,
        address previousHub
    ) external;

    /// @notice Reverts with `RegistriesAreFixed`.
    function changeRegistries(
        address appregistry,
        address datasetregistry,
        address workerpoolregistry
    ) external;

    /// @notice Kept for clients that call it: the separator follows the chain id by itself.
    function updateDomainSeparator() external;
}
