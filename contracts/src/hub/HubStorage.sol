// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Category, ContributionStatus, DealId, TaskId, TaskStatus} from "../interfaces/HubTypes.sol";
import {IRegistry} from "../interfaces/IRegistries.sol";

/// @dev What every part of a hub is built with and never changes.
struct HubConfig {
    IERC20 token;
    IRegistry appRegistry;
    IRegistry datasetRegistry;
    IRegistry workerpoolRegistry;
}

/// @title State and constants shared by the hub and the code it delegates to
/// @notice Both inherit this contract alone for state, so both see the same layout. Deals and results
/// are not here: they are write-once records (DealRecords, ResultRecords).
abstract contract HubStorage {
    uint256 internal constant CONTRIBUTION_DEADLINE_RATIO = 7;
    uint256 internal constant REVEAL_DEADLINE_RATIO = 2;
    uint256 internal constant FINAL_DEADLINE_RATIO = 10;
    uint256 internal constant WORKERPOOL_STAKE_RATIO = 30;
    uint256 internal constant KITTY_RATIO = 10;
    uint256 internal constant KITTY_MIN = 1e9;
    uint256 internal constant DEFAULT_CALLBACK_GAS = 200_000;
    uint256 internal constant MAX_CONTRIBUTORS = 64;
    address internal constant KITTY_ADDRESS = 0x99c2268479b93fDe36232351229815DF80837e23;

    /// @dev One slot.
    struct AccountState {
        uint128 stake;
        uint128 locked;
    }

    /// @dev One slot.
    struct OrderState {
        address presigner;
        uint96 consumed;
    }

    /// @dev Two slots.
    struct TaskState {
        DealId dealid;
        TaskStatus status;
        uint64 idx;
        uint40 revealDeadline;
        // Voting weight of all groups together. The contribution that reaches consensus is not added:
        // reopening would take its group out again.
        uint96 weight;
        uint8 contributors;
        uint8 reveals;
        uint8 winners;
        // One plus the index of the first contribution with the consensus hash; zero: no consensus.
        uint8 winnerGroup;
        bool callbackFailed;
    }

    /// @dev Two slots; three for the first of a group; one more with an enclave.
    struct ContributionState {
        address worker;
        ContributionStatus status;
        uint8 logWeight;
        // Index of the first contribution with the same result hash; that one keeps what the group has.
        uint8 group;
        bool hasEnclave;
        uint64 groupWeight;
        // Cleared by the reveal: from then on it follows from the digest.
        bytes32 resultSeal;
        // Result hash; from the first reveal of the group on, the digest that it is the hash of.
        bytes32 groupValue;
        address enclaveChallenge;
    }

    IERC20 internal immutable TOKEN;
    IRegistry internal immutable APP_REGISTRY;
    IRegistry internal immutable DATASET_REGISTRY;
    IRegistry internal immutable WORKERPOOL_REGISTRY;

    mapping(address account => AccountState) internal _accounts;
    mapping(bytes32 orderHash => OrderState) internal _orders;
    mapping(TaskId => TaskState) internal _tasks;
    mapping(TaskId => mapping(uint256 index => ContributionState)) internal _contributions;
    mapping(address worker => uint256) internal _scores;
    mapping(uint256 catid => Category) internal _categories;
    uint256 internal _categoryCount;
    uint256 internal _totalSupply;
    mapping(address account => mapping(address spender => uint256)) internal _allowances;
    address internal _owner;
    uint64 internal _callbackGas;
    address internal _pendingOwner;
    address internal _teeBroker;
    mapping(address worker => bool) internal _isScoreImported;

    constructor(HubConfig memory config) {
        TOKEN = config.token;
        APP_REGISTRY = config.appRegistry;
        DATASET_REGISTRY = config.datasetRegistry;
        WORKERPOOL_REGISTRY = config.workerpoolRegistry;
    }

    function _taskId(DealId dealid, uint256 idx) internal pure returns (TaskId) {
        return TaskId.wrap(keccak256(abi.encode(dealid, idx)));
    }

    function _resultHash(TaskId taskid, bytes32 digest) internal pure returns (bytes32) {
        return keccak256(abi.encode(taskid, digest));
    }

    function _resultSeal(address worker, TaskId taskid, bytes32 digest)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(abi.encodePacked(worker, TaskId.unwrap(taskid), digest));
    }
}
