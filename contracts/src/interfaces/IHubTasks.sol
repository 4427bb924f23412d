// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {DealId, TaskId, TaskStatus} from "./HubTypes.sol";

/// @title Life of a task: from initialize to finalize or claim
interface IHubTasks {
    event TaskInitialize(TaskId indexed taskid, address indexed workerpool);
    event TaskContribute(TaskId indexed taskid, address indexed worker, bytes32 hash);
    event TaskConsensus(TaskId indexed taskid, bytes32 consensus);
    event TaskReveal(TaskId indexed taskid, address indexed worker, bytes32 digest);
    event TaskReopen(TaskId indexed taskid);
    event TaskFinalize(TaskId indexed taskid, bytes results);
    event TaskClaimed(TaskId indexed taskid);

    /// @notice A worker agreed with a consensus of several; its score grew by one.
    event AccurateContribution(address indexed worker, TaskId indexed taskid);

    /// @notice A worker was out-voted or did not reveal; its score shrank to two thirds.
    event FaultyContribution(address indexed worker, TaskId indexed taskid);

    /// @notice The callback contract refused the result; `retryCallback` may deliver it later.
    /// @param reason at most 256 bytes of what the callback reverted with
    event CallbackFailed(TaskId indexed taskid, bytes reason);

    /// @notice A result that was refused before has reached its callback contract.
    event CallbackRetried(TaskId indexed taskid);

    error UnknownDeal(DealId dealid);
    error IndexOutsideDeal(DealId dealid, uint256 idx, uint256 botFirst, uint256 botSize);
    error TaskAlreadyInitialized(TaskId taskid, TaskStatus status);
    error TaskNotActive(TaskId taskid, TaskStatus status);
    error TaskNotRevealing(TaskId taskid, TaskStatus status);
    error TaskNotOpen(TaskId taskid, TaskStatus status);
    error TooLate(TaskId taskid, uint256 deadline, uint256 timestamp);
    error TooEarly(TaskId taskid, uint256 deadline, uint256 timestamp);
    error AlreadyContributed(TaskId taskid, address worker);
    error TooManyContributors(TaskId taskid, uint256 max);
    error EnclaveRequired(TaskId taskid);
    error BadAuthorization(TaskId taskid, address worker, address expectedSigner);
    error BadEnclaveSignature(TaskId taskid, address enclaveChallenge);
    error ConsensusWeightTooWide(TaskId taskid, uint256 weight, uint256 max);
    error NotAWinner(TaskId taskid, address worker);
    error DigestMismatch(TaskId taskid, address worker, bytes32 digest);
    error NotScheduler(TaskId taskid, address scheduler, address caller);
    error AlreadyRevealed(TaskId taskid, uint256 revealCounter);
    error RevealsMissing(TaskId taskid, uint256 revealCounter, uint256 winnerCounter);
    error CallbackDigestMismatch(TaskId taskid, bytes32 resultDigest, bytes32 callbackDigest);
    error TrustNotOne(TaskId taskid, uint256 trust);
    error TaskHasContributions(TaskId taskid, uint256 contributors);
    error ArrayLengthsDiffer(uint256 first, uint256 second);
    error CallbackGasMissing(TaskId taskid, uint256 gasLeft, uint256 callbackGas);
    error NoFailedCallback(TaskId taskid);

    /// @notice Makes task `idx` of a deal ACTIVE. Anyone may call.
    /// @param idx between botFirst and botFirst + botSize - 1 of the deal
    function initialize(DealId dealid, uint256 idx) external returns (TaskId taskid);

    /// @notice The calling worker commits to a result digest and locks the deal's worker stake.
    /// @param resultHash keccak256(taskid ++ digest)
    /// @param resultSeal keccak256(worker ++ taskid ++ digest), packed
    /// @param enclaveChallenge zero unless the task runs in an enclave
    /// @param enclaveSign by the enclave: personal-sign of keccak256(resultHash ++ resultSeal)
    /// @param authorizationSign by the pool owner (or the TEE broker if set and there is a challenge):
    /// personal-sign of keccak256(worker ++ taskid ++ enclaveChallenge), packed
    function contribute(
        TaskId taskid,
        bytes32 resultHash,
        bytes32 resultSeal,
        address enclaveChallenge,
        bytes calldata enclaveSign,
        bytes calldata authorizationSign
    ) external;

    /// @notice First and only contribution of a task with trust 1, completed in one step.
    /// No worker stake is locked and no score changes.
    function contributeAndFinalize(
        TaskId taskid,
        bytes32 resultDigest,
        bytes calldata results,
        bytes calldata resultsCallback,
        address enclaveChallenge,
        bytes calldata enclaveSign,
        bytes calldata authorizationSign
    ) external;

    /// @notice A winner of the vote shows the digest it had committed to.
    function reveal(TaskId taskid, bytes32 resultDigest) external;

    /// @notice The pool owner re-opens a task whose winners all failed to reveal in time.
    function reopen(TaskId taskid) external;

    /// @notice The pool owner completes a task: everyone is paid, the callback is called.
    /// @param resultsCallback must hash to the revealed digest when the deal has a callback
    function finalize(TaskId taskid, bytes calldata results, bytes calldata resultsCallback)
        external;

    /// @notice Anyone ends a task whose final deadline has passed: the payer is refunded, the pool's
    /// stake goes to the kitty, every contributor's stake is unlocked.
    function claim(TaskId taskid) external;

    function initializeArray(DealId[] calldata dealid, uint256[] calldata idx)
        external
        returns (bool);
    function claimArray(TaskId[] calldata taskid) external returns (bool);
    function initializeAndClaimArray(DealId[] calldata dealid, uint256[] calldata idx)
        external
        returns (bool);

    /// @notice Delivers a result again to a callback contract that refused it. Anyone may call; all
    /// gas is forwarded; reverts if the contract refuses again.
    function retryCallback(TaskId taskid) external;
}
