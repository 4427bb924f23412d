// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {TaskId} from "./HubTypes.sol";

/// @title One worker that the hub sees, many machines that do its work
/// @notice Stake, rewards and score belong to this account. Its functions for machines are those of
/// the hub, so a machine sends the same calls, only to another address: authorizations and seals name
/// this account as worker. Anybody pays in with the hub's `depositFor`; only the owner takes out.
interface IWorkerAccount {
    /// @notice `locked` is what the machine's open tasks may have locked of the account's deposit, and
    /// what it has lost; `open` counts these tasks. Both outlive the machine's removal.
    struct Machine {
        uint96 cap;
        uint96 locked;
        uint32 open;
        bool listed;
    }

    event MachineSet(address indexed machine, uint256 cap);
    event MachineRemoved(address indexed machine);
    event StakeLocked(address indexed machine, TaskId indexed taskid, uint256 stake);

    /// @notice The task has ended and the stake came back.
    event StakeReleased(address indexed machine, TaskId indexed taskid, uint256 stake);

    /// @notice The task has ended and the hub has seized the stake. It counts for ever, so that a stolen
    /// key cannot lose more than the cap; the owner gives room by a higher cap.
    event StakeLost(address indexed machine, TaskId indexed taskid, uint256 stake);

    /// @notice Thrown at creation when there is no contract where the hub should be.
    error NotAHub(address hub);
    error NotAMachine(address caller);

    /// @notice Thrown when a contribution locks more than the machine's cap leaves. Tasks that ended
    /// count until `settle` has seen them.
    error StakeCapExceeded(address machine, uint256 locked, uint256 stake, uint256 cap);

    /// @notice Thrown because an account without owner would keep its deposit for ever.
    error OwnerRequired();

    /// @notice Lists machines, or changes their caps. A cap below what is locked stops new stakes only.
    function setMachines(address[] calldata machines, uint96 cap) external;

    /// @notice Takes all rights from machines at once. What they contributed, the owner or another
    /// machine can reveal.
    function removeMachines(address[] calldata machines) external;

    /// @notice Pays out free deposit of this account; for the owner only.
    function withdrawTo(uint256 amount, address target) external returns (bool);

    /// @notice As on the hub, for listed machines, within the cap of the machine that calls.
    /// @dev Looks at a few open tasks of the machine, for some that ended, when the cap is reached.
    function contribute(
        TaskId taskid,
        bytes32 resultHash,
        bytes32 resultSeal,
        address enclaveChallenge,
        bytes calldata enclaveSign,
        bytes calldata authorizationSign
    ) external;

    /// @notice As on the hub, for listed machines. Locks no stake, so it has no cap.
    function contributeAndFinalize(
        TaskId taskid,
        bytes32 resultDigest,
        bytes calldata results,
        bytes calldata resultsCallback,
        address enclaveChallenge,
        bytes calldata enclaveSign,
        bytes calldata authorizationSign
    ) external;

    /// @notice As on the hub, for the owner and every listed machine, whichever contributed.
    function reveal(TaskId taskid, bytes32 resultDigest) external;

    /// @notice Releases the stakes of a machine's tasks that have ended. Anyone may call.
    /// @param first position in the machine's open tasks; the last one takes the place of one that goes
    /// @param count how many to look at
    /// @return released stake that came back; what was lost is settled as well, and stays counted
    function settle(address machine, uint256 first, uint256 count)
        external
        returns (uint256 released);

    function hub() external view returns (address);
    function viewMachine(address machine) external view returns (Machine memory);

    /// @notice Zero from position `Machine.open` on.
    function viewOpenTask(address machine, uint256 index) external view returns (TaskId);
}
