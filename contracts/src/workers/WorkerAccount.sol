// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Ownable, Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {ContributionStatus, Task, TaskId, TaskStatus} from "../interfaces/HubTypes.sol";
import {IHub} from "../interfaces/IHub.sol";
import {IWorkerAccount} from "../interfaces/IWorkerAccount.sol";

/// @title A worker whose keys only work, and whose money only its owner moves
/// @dev Signs nothing, approves nothing, takes no coin: deposits are the hub's books only. Deployed
/// plainly, as a clone's detour in every call costs more than its creation saves.
contract WorkerAccount is IWorkerAccount, Ownable2Step, ReentrancyGuardTransient {
    /// @dev Most open tasks that a contribution looks at.
    uint256 private constant MAX_SETTLED = 4;

    IHub private immutable HUB;

    mapping(address machine => Machine) private _machines;

    // What stands from `Machine.open` on is left over: writing there again is cheaper than in a zero.
    mapping(address machine => mapping(uint256 index => TaskId)) private _openTasks;

    modifier onlyMachine() {
        if (!_machines[msg.sender].listed) revert NotAMachine(msg.sender);
        _;
    }

    constructor(IHub hub_, address owner_) Ownable(owner_) {
        if (address(hub_).code.length == 0) revert NotAHub(address(hub_));
        HUB = hub_;
    }

    /// @inheritdoc IWorkerAccount
    function setMachines(address[] calldata machines, uint96 cap) external onlyOwner {
        for (uint256 i = 0; i < machines.length; ++i) {
            Machine storage machine = _machines[machines[i]];
            (machine.cap, machine.listed) = (cap, true);
            emit MachineSet(machines[i], cap);
        }
    }

    /// @inheritdoc IWorkerAccount
    function removeMachines(address[] calldata machines) external onlyOwner {
        for (uint256 i = 0; i < machines.length; ++i) {
            _machines[machines[i]].listed = false;
            emit MachineRemoved(machines[i]);
        }
    }

    /// @inheritdoc IWorkerAccount
    function withdrawTo(uint256 amount, address target) external onlyOwner returns (bool) {
        return HUB.withdrawTo(amount, target);
    }

    /// @inheritdoc IWorkerAccount
    function contribute(TaskId taskid, bytes32, bytes32, address, bytes calldata, bytes calldata)
        external
        onlyMachine
        nonReentrant
    {
        uint256 frozen = HUB.frozenOf(address(this));
        _forward();
        uint256 stake = HUB.frozenOf(address(this)) - frozen;
        if (stake > 0) _lock(msg.sender, taskid, stake);
    }

    /// @inheritdoc IWorkerAccount
    function contributeAndFinalize(
        TaskId,
        bytes32,
        bytes calldata,
        bytes calldata,
        address,
        bytes calldata,
        bytes calldata
    ) external onlyMachine nonReentrant {
        _forward();
    }

    /// @inheritdoc IWorkerAccount
    function reveal(TaskId, bytes32) external nonReentrant {
        if (!_machines[msg.sender].listed && msg.sender != owner()) revert NotAMachine(msg.sender);
        _forward();
    }

    /// @inheritdoc IWorkerAccount
    function settle(address machine, uint256 first, uint256 count)
        external
        nonReentrant
        returns (uint256 released)
    {
        return _settle(machine, first, count);
    }

    /// @inheritdoc IWorkerAccount
    function hub() external view returns (address) {
        return address(HUB);
    }

    /// @inheritdoc IWorkerAccount
    function viewMachine(address machine) external view returns (Machine memory) {
        return _machines[machine];
    }

    /// @inheritdoc IWorkerAccount
    function viewOpenTask(address machine, uint256 index) external view returns (TaskId) {
        return index < _machines[machine].open ? _openTasks[machine][index] : TaskId.wrap(0);
    }

    function renounceOwnership() public pure override {
        revert OwnerRequired();
    }

    /// @dev The very call, to the hub. Only functions that have the hub's selector may use this.
    function _forward() private {
        Address.functionCall(address(HUB), msg.data);
    }

    function _lock(address account, TaskId taskid, uint256 stake) private {
        Machine storage machine = _machines[account];
        if (machine.locked + stake > machine.cap) _settle(account, 0, MAX_SETTLED);
        uint256 locked = machine.locked + stake;
        if (locked > machine.cap) {
            revert StakeCapExceeded(account, machine.locked, stake, machine.cap);
        }

        // No more than the cap, which is as wide.
        machine.locked = uint96(locked);
        _openTasks[account][machine.open++] = taskid;
        emit StakeLocked(account, taskid, stake);
    }

    /// @dev A claimed task gives every stake back; a finalized one only those that were proved.
    function _isLost(TaskId taskid, TaskStatus status) private view returns (bool) {
        return status == TaskStatus.COMPLETED
            && HUB.viewContribution(taskid, address(this)).status != ContributionStatus.PROVED;
    }

    /// @dev From the end, so that what moves into a gap has been looked at or is out of the range.
    function _settle(address account, uint256 first, uint256 count)
        private
        returns (uint256 released)
    {
        Machine storage machine = _machines[account];
        mapping(uint256 index => TaskId) storage openTasks = _openTasks[account];
        uint256 end = Math.min(machine.open, Math.saturatingAdd(first, count));
        for (uint256 i = end; i > first; --i) {
            TaskId taskid = openTasks[i - 1];
            Task memory task = HUB.viewTask(taskid);
            if (task.status != TaskStatus.COMPLETED && task.status != TaskStatus.FAILED) continue;

            uint256 stake = HUB.viewDeal(task.dealid).workerStake;
            openTasks[i - 1] = openTasks[--machine.open];
            if (_isLost(taskid, task.status)) {
                emit StakeLost(account, taskid, stake);
                continue;
            }
            // It was counted by what the hub froze for it, which is this stake.
            machine.locked -= uint96(stake);
            released += stake;
            emit StakeReleased(account, taskid, stake);
        }
    }
}
