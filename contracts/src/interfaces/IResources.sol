// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

/// @title What app, dataset and workerpool share
interface IResource {
    error NotResourceOwner(address owner, address caller);

    /// @notice Owner of the NFT whose id is this contract's address.
    function owner() external view returns (address);

    /// @notice The ERC-721 registry that made this resource.
    function registry() external view returns (address);
}

interface IApp is IResource {
    function m_appName() external view returns (string memory);

    /// @notice WASM, NATIVE or DOCKER (any OCI image).
    function m_appType() external view returns (string memory);
    function m_appMultiaddr() external view returns (bytes memory);

    /// @notice sha256 of what the multiaddr resolves to.
    function m_appChecksum() external view returns (bytes32);
    function m_appMREnclave() external view returns (bytes memory);
}

interface IDataset is IResource {
    function m_datasetName() external view returns (string memory);
    function m_datasetMultiaddr() external view returns (bytes memory);
    function m_datasetChecksum() external view returns (bytes32);
}

interface IWorkerpool is IResource {
    event PolicyUpdate(
        uint256 oldWorkerStakeRatioPolicy,
        uint256 newWorkerStakeRatioPolicy,
        uint256 oldSchedulerRewardRatioPolicy,
        uint256 newSchedulerRewardRatioPolicy
    );

    error RewardRatioTooHigh(uint256 schedulerRewardRatio, uint256 max);
    error StakeRatioTooHigh(uint256 workerStakeRatio, uint256 max);

    function m_workerpoolDescription() external view returns (string memory);

    /// @notice A worker's stake, in percent of the pool's price. 30 until changed.
    function m_workerStakeRatioPolicy() external view returns (uint256);

    /// @notice The pool owner's share, in percent of the pool's price. 1 until changed.
    function m_schedulerRewardRatioPolicy() external view returns (uint256);

    /// @notice For deals made from now on. Only the pool's owner.
    function changePolicy(uint256 workerStakeRatio, uint256 schedulerRewardRatio) external;
}
