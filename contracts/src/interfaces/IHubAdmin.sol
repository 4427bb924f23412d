// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

/// @title What the hub's owner may do. Nothing here moves users' money or changes a running deal.
interface IHubAdmin {
    event OwnershipTransferStarted(address indexed previousOwner, address indexed newOwner);
    event OwnershipTransferred(address indexed previousOwner, address indexed newOwner);
    event CreateCategory(uint256 catid, string name, string description, uint256 workClockTimeRef);
    event TeeBrokerChanged(address teebroker);
    event CallbackGasChanged(uint256 callbackgas);

    error NotOwner(address caller);
    error BadTimeReference(uint256 workClockTimeRef, uint256 max);
    error CallbackGasOutOfRange(uint256 callbackgas, uint256 min, uint256 max);

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

    /// @notice Kept for clients that call it: the separator follows the chain id by itself.
    function updateDomainSeparator() external;
}
