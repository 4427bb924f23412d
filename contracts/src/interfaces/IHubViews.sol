// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {
    Deal,
    Task,
    Contribution,
    Category,
    AppInfo,
    DatasetInfo,
    WorkerpoolInfo,
    EIP712Domain,
    DealId,
    TaskId
} from "./HubTypes.sol";

/// @title Reading the hub
interface IHubViews {
    /// @notice All zero when unknown.
    function viewDeal(DealId dealid) external view returns (Deal memory);

    /// @notice All zero when not initialized.
    function viewTask(TaskId taskid) external view returns (Task memory);
    function viewContribution(TaskId taskid, address worker)
        external
        view
        returns (Contribution memory);
    function viewScore(address worker) external view returns (uint256);
    function viewConsumed(bytes32 orderHash) external view returns (uint256);
    function viewPresigned(bytes32 orderHash) external view returns (address);

    /// @notice ERC-1154 pull: the callback bytes of a completed task, else reverts `task-pending`.
    function resultFor(bytes32 id) external view returns (bytes memory);

    /// @notice Whether the result's delivery to the callback contract failed and may be retried.
    function isCallbackFailed(TaskId taskid) external view returns (bool);

    /// @notice Reverts without a reason when unknown.
    function viewCategory(uint256 catid) external view returns (Category memory);
    function countCategory() external view returns (uint256);

    function viewApp(address app) external view returns (AppInfo memory);
    function viewDataset(address dataset) external view returns (DatasetInfo memory);
    function viewWorkerpool(address workerpool) external view returns (WorkerpoolInfo memory);

    function appregistry() external view returns (address);
    function datasetregistry() external view returns (address);
    function workerpoolregistry() external view returns (address);
    function teebroker() external view returns (address);
    function callbackgas() external view returns (uint256);

    function contribution_deadline_ratio() external view returns (uint256);
    function reveal_deadline_ratio() external view returns (uint256);
    function final_deadline_ratio() external view returns (uint256);
    function workerpool_stake_ratio() external view returns (uint256);
    function kitty_ratio() external view returns (uint256);
    function kitty_min() external view returns (uint256);
    function kitty_address() external view returns (address);
    function groupmember_purpose() external view returns (uint256);

    function domain() external view returns (EIP712Domain memory);
    function eip712domain_separator() external view returns (bytes32);
}
