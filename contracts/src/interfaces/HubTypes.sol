// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

// Values that the hub's interface passes around. Field order is the wire format: do not change it.

/// @notice keccak256(requestOrderHash ++ volume of that order consumed before the deal).
type DealId is bytes32;

/// @notice keccak256(dealId ++ index of the task in the request order).
type TaskId is bytes32;

using {_sameDeal as ==} for DealId global;
using {_sameTask as ==} for TaskId global;

function _sameDeal(DealId a, DealId b) pure returns (bool) {
    return DealId.unwrap(a) == DealId.unwrap(b);
}

function _sameTask(TaskId a, TaskId b) pure returns (bool) {
    return TaskId.unwrap(a) == TaskId.unwrap(b);
}

/// @notice UNSET -> ACTIVE (initialize) -> REVEALING (consensus) -> COMPLETED (finalize);
/// REVEALING -> ACTIVE (reopen); ACTIVE, REVEALING -> FAILED (claim);
/// ACTIVE -> COMPLETED (contributeAndFinalize).
enum TaskStatus {
    UNSET,
    ACTIVE,
    REVEALING,
    COMPLETED,
    FAILED
}

/// @notice UNSET -> CONTRIBUTED (contribute) -> PROVED (reveal) or REJECTED (reopen).
enum ContributionStatus {
    UNSET,
    CONTRIBUTED,
    PROVED,
    REJECTED
}

enum OrderOperation {
    SIGN,
    CLOSE
}

struct EIP712Domain {
    string name;
    string version;
    uint256 chainId;
    address verifyingContract;
}

/// @notice An app owner's offer. `sign` is never part of a hash.
struct AppOrder {
    address app;
    uint256 appprice;
    uint256 volume;
    bytes32 tag;
    address datasetrestrict;
    address workerpoolrestrict;
    address requesterrestrict;
    bytes32 salt;
    bytes sign;
}

/// @notice A dataset owner's offer; `dataset` zero stands for "no dataset".
struct DatasetOrder {
    address dataset;
    uint256 datasetprice;
    uint256 volume;
    bytes32 tag;
    address apprestrict;
    address workerpoolrestrict;
    address requesterrestrict;
    bytes32 salt;
    bytes sign;
}

/// @notice A pool's offer. `trust` is the highest trust the pool accepts.
struct WorkerpoolOrder {
    address workerpool;
    uint256 workerpoolprice;
    uint256 volume;
    bytes32 tag;
    uint256 category;
    uint256 trust;
    address apprestrict;
    address datasetrestrict;
    address requesterrestrict;
    bytes32 salt;
    bytes sign;
}

/// @notice A requester's wish. `workerpool` is a restriction and may be zero or a group.
struct RequestOrder {
    address app;
    uint256 appmaxprice;
    address dataset;
    uint256 datasetmaxprice;
    address workerpool;
    uint256 workerpoolmaxprice;
    address requester;
    uint256 volume;
    bytes32 tag;
    uint256 category;
    uint256 trust;
    address beneficiary;
    address callback;
    string params;
    bytes32 salt;
    bytes sign;
}

struct AppOrderOperation {
    AppOrder order;
    OrderOperation operation;
    bytes sign;
}

struct DatasetOrderOperation {
    DatasetOrder order;
    OrderOperation operation;
    bytes sign;
}

struct WorkerpoolOrderOperation {
    WorkerpoolOrder order;
    OrderOperation operation;
    bytes sign;
}

struct RequestOrderOperation {
    RequestOrder order;
    OrderOperation operation;
    bytes sign;
}

/// @notice A priced resource as it was when its deal was made.
struct Resource {
    address pointer;
    address owner;
    uint256 price;
}

/// @notice Matched orders. Never changes after the match.
struct Deal {
    Resource app;
    Resource dataset;
    Resource workerpool;
    uint256 trust;
    uint256 category;
    bytes32 tag;
    address requester;
    address beneficiary;
    address callback;
    string params;
    uint256 startTime;
    uint256 botFirst;
    uint256 botSize;
    uint256 workerStake;
    uint256 schedulerRewardRatio;
    address sponsor;
}

/// @notice One unit of a deal. `resultsTimestamp` exists for compatibility and is always zero.
struct Task {
    TaskStatus status;
    DealId dealid;
    uint256 idx;
    uint256 timeref;
    uint256 contributionDeadline;
    uint256 revealDeadline;
    uint256 finalDeadline;
    bytes32 consensusValue;
    uint256 revealCounter;
    uint256 winnerCounter;
    address[] contributors;
    bytes32 resultDigest;
    bytes results;
    uint256 resultsTimestamp;
    bytes resultsCallback;
}

/// @notice What one worker committed for one task. `weight` is log2 of its voting weight.
struct Contribution {
    ContributionStatus status;
    bytes32 resultHash;
    bytes32 resultSeal;
    address enclaveChallenge;
    uint256 weight;
}

/// @notice `stake` is free to withdraw, `locked` is bound to deals and contributions.
struct Account {
    uint256 stake;
    uint256 locked;
}

struct Category {
    string name;
    string description;
    uint256 workClockTimeRef;
}

struct AppInfo {
    address owner;
    string m_appName;
    string m_appType;
    bytes m_appMultiaddr;
    bytes32 m_appChecksum;
    bytes m_appMREnclave;
}

struct DatasetInfo {
    address owner;
    string m_datasetName;
    bytes m_datasetMultiaddr;
    bytes32 m_datasetChecksum;
}

struct WorkerpoolInfo {
    address owner;
    string m_workerpoolDescription;
    uint256 m_workerStakeRatioPolicy;
    uint256 m_schedulerRewardRatioPolicy;
}
