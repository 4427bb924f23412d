// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import "../../src/interfaces/HubTypes.sol";
import {IHubTasks} from "../../src/interfaces/IHubTasks.sol";
import {HubFixture} from "../base/HubFixture.sol";

contract ContributeAndFinalizeTest is HubFixture {
    bytes32 private constant DIGEST = keccak256("result");
    bytes private constant RESULTS = "location";
    uint256 private constant ENCLAVE_KEY = 0xe0;
    TaskId private _task;
    address private _worker;

    function setUp() public override {
        super.setUp();
        _task = activeTask(1);
        _worker = worker(0);
    }

    function testRefusesATaskThatIsNotActive() public {
        contribute(worker(1), _task, DIGEST);

        _refused(
            abi.encodeWithSelector(IHubTasks.TaskNotActive.selector, _task, TaskStatus.REVEALING)
        );
    }

    function testRefusesAtTheDeadline() public {
        uint256 deadline = hub.viewTask(_task).contributionDeadline;
        vm.warp(deadline);

        _refused(abi.encodeWithSelector(IHubTasks.TooLate.selector, _task, deadline, deadline));
    }

    function testRefusesMoreTrustThanOne() public {
        _task = activeTask(2);

        _refused(abi.encodeWithSelector(IHubTasks.TrustNotOne.selector, _task, 2));
    }

    function testRefusesATaskWithContributions() public {
        contribute(worker(1), _task, DIGEST);
        vm.warp(hub.viewTask(_task).revealDeadline);
        vm.prank(poolOwner);
        hub.reopen(_task);

        _refused(abi.encodeWithSelector(IHubTasks.TaskHasContributions.selector, _task, 1));
    }

    function testRefusesWithoutAuthorization() public {
        bytes memory authorization = authorize(_worker, _task, address(0), REQUESTER_KEY);

        vm.expectRevert(
            abi.encodeWithSelector(IHubTasks.BadAuthorization.selector, _task, _worker, poolOwner)
        );
        _call(DIGEST, "", address(0), "", authorization);
    }

    function testRefusesOtherCallbackBytes() public {
        bytes memory authorization = authorize(_worker, _task);

        vm.expectRevert(
            abi.encodeWithSelector(
                IHubTasks.CallbackDigestMismatch.selector, _task, DIGEST, keccak256("other")
            )
        );
        _call(DIGEST, "other", address(0), "", authorization);
    }

    function testRefusesAnotherEnclavesSignature() public {
        address enclave = vm.addr(ENCLAVE_KEY);
        bytes memory authorization = authorize(_worker, _task, enclave, POOL_OWNER_KEY);
        bytes memory wrong = signMessage(REQUESTER_KEY, _enclaveMessage());

        vm.expectRevert(
            abi.encodeWithSelector(IHubTasks.BadEnclaveSignature.selector, _task, enclave)
        );
        _call(DIGEST, "", enclave, wrong, authorization);
    }

    function testDoesAllStepsAtOnce() public {
        bytes memory authorization = authorize(_worker, _task);

        vm.expectEmit(address(hub));
        emit IHubTasks.TaskContribute(_task, _worker, hashOf(_task, DIGEST));
        vm.expectEmit(address(hub));
        emit IHubTasks.TaskConsensus(_task, hashOf(_task, DIGEST));
        vm.expectEmit(address(hub));
        emit IHubTasks.TaskReveal(_task, _worker, DIGEST);
        vm.expectEmit(address(hub));
        emit IHubTasks.TaskFinalize(_task, RESULTS);
        _call(DIGEST, "", address(0), "", authorization);

        Task memory task = hub.viewTask(_task);
        vm.assertEq(uint256(task.status), uint256(TaskStatus.COMPLETED), "status");
        vm.assertEq(task.consensusValue, hashOf(_task, DIGEST), "consensus value");
        vm.assertEq(task.resultDigest, DIGEST, "digest");
        vm.assertEq(task.revealDeadline, block.timestamp + 2 * TIMEREF, "reveal deadline");
        vm.assertEq(task.revealCounter, 1, "reveals");
        vm.assertEq(task.winnerCounter, 1, "winners");
        vm.assertEq(task.contributors[0], _worker, "contributor");
        vm.assertEq(task.results, RESULTS, "results");
        Contribution memory found = hub.viewContribution(_task, _worker);
        vm.assertEq(uint256(found.status), uint256(ContributionStatus.PROVED), "proved");
        vm.assertEq(found.resultHash, hashOf(_task, DIGEST), "hash");
        vm.assertEq(found.resultSeal, sealOf(_worker, _task, DIGEST), "seal");
        vm.assertEq(found.weight, 0, "weight is not used");
    }

    function testPaysWithoutStakeOrScore() public {
        vm.prank(_worker);
        hub.withdraw(DEPOSIT);
        uint256 poolBefore = stakeOf(poolOwner);

        _call(DIGEST, "", address(0), "", authorize(_worker, _task));

        vm.assertEq(stakeOf(_worker), POOL_PRICE * 99 / 100, "worker");
        vm.assertEq(stakeOf(poolOwner), poolBefore + POOL_STAKE + POOL_PRICE / 100, "pool owner");
        vm.assertEq(stakeOf(appOwner), APP_PRICE, "app owner");
        vm.assertEq(stakeOf(requester), DEPOSIT - APP_PRICE - POOL_PRICE, "requester");
        vm.assertEq(hub.viewScore(_worker), 0, "score");
        vm.assertEq(hub.balanceOf(address(hub)), 0, "nothing left in the hub");
    }

    function testAnEnclaveSignsTheResult() public {
        address enclave = vm.addr(ENCLAVE_KEY);

        _call(
            DIGEST,
            "",
            enclave,
            signMessage(ENCLAVE_KEY, _enclaveMessage()),
            authorize(_worker, _task, enclave, POOL_OWNER_KEY)
        );

        vm.assertEq(hub.viewContribution(_task, _worker).enclaveChallenge, enclave, "challenge");
    }

    function _enclaveMessage() private view returns (bytes32) {
        return keccak256(abi.encode(hashOf(_task, DIGEST), sealOf(_worker, _task, DIGEST)));
    }

    function _refused(bytes memory error) private {
        bytes memory authorization = authorize(_worker, _task);
        vm.expectRevert(error);
        _call(DIGEST, "", address(0), "", authorization);
    }

    function _call(
        bytes32 digest,
        bytes memory callbackBytes,
        address enclave,
        bytes memory enclaveSign,
        bytes memory authorization
    ) private {
        vm.prank(_worker);
        hub.contributeAndFinalize(
            _task, digest, RESULTS, callbackBytes, enclave, enclaveSign, authorization
        );
    }
}
