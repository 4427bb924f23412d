// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import "../../src/interfaces/HubTypes.sol";
import {IHubDeposits} from "../../src/interfaces/IHubDeposits.sol";
import {IHubTasks} from "../../src/interfaces/IHubTasks.sol";
import {HubFixture} from "../base/HubFixture.sol";

contract ContributeTest is HubFixture {
    bytes32 private constant DIGEST = keccak256("result");
    uint256 private constant BROKER_KEY = 0xb0;
    uint256 private constant ENCLAVE_KEY = 0xe0;

    TaskId private _task;
    address private _worker;

    function setUp() public override {
        super.setUp();
        _task = activeTask(5);
        _worker = worker(0);
    }

    function testRefusesATaskThatIsNotActive() public {
        TaskId unknown = TaskId.wrap("nothing");
        _refused(
            unknown,
            abi.encodeWithSelector(IHubTasks.TaskNotActive.selector, unknown, TaskStatus.UNSET)
        );
        TaskId done = activeTask(1);
        contribute(_worker, done, DIGEST);
        _refused(
            done,
            abi.encodeWithSelector(IHubTasks.TaskNotActive.selector, done, TaskStatus.REVEALING)
        );
    }

    function testRefusesAtTheDeadline() public {
        uint256 deadline = hub.viewTask(_task).contributionDeadline;
        vm.warp(deadline);

        _refused(
            _task, abi.encodeWithSelector(IHubTasks.TooLate.selector, _task, deadline, deadline)
        );
        vm.warp(deadline - 1);
        contribute(_worker, _task, DIGEST);
    }

    function testRefusesASecondContribution() public {
        contribute(_worker, _task, DIGEST);

        _refused(
            _task, abi.encodeWithSelector(IHubTasks.AlreadyContributed.selector, _task, _worker)
        );
    }

    function testRefusesWithoutThePoolOwnersAuthorization() public {
        bytes memory byStranger = authorize(_worker, _task, address(0), REQUESTER_KEY);
        bytes memory forAnother = authorize(address(1), _task, address(0), POOL_OWNER_KEY);
        bytes memory error =
            abi.encodeWithSelector(IHubTasks.BadAuthorization.selector, _task, _worker, poolOwner);

        vm.expectRevert(error);
        _contribute(_task, address(0), "", byStranger);
        vm.expectRevert(error);
        _contribute(_task, address(0), "", forAnother);
        vm.expectRevert("invalid-signature-format");
        _contribute(_task, address(0), "", "");
    }

    function testRefusesATeeTaskWithoutEnclave() public {
        TaskId tee = _teeTask();

        _refused(tee, abi.encodeWithSelector(IHubTasks.EnclaveRequired.selector, tee));
    }

    function testRefusesAnotherEnclavesSignature() public {
        TaskId tee = _teeTask();
        address enclave = vm.addr(ENCLAVE_KEY);
        bytes memory authorization = authorize(_worker, tee, enclave, POOL_OWNER_KEY);
        bytes memory wrong = _enclaveSign(tee, BROKER_KEY);

        vm.expectRevert(
            abi.encodeWithSelector(IHubTasks.BadEnclaveSignature.selector, tee, enclave)
        );
        _contribute(tee, enclave, wrong, authorization);
    }

    function testRefusesAWorkerWithoutStake() public {
        vm.prank(_worker);
        hub.withdraw(DEPOSIT - WORKER_STAKE + 1);

        _refused(
            _task,
            abi.encodeWithSelector(
                IHubDeposits.StakeTooLow.selector, _worker, WORKER_STAKE - 1, WORKER_STAKE
            )
        );
    }

    function testRefusesMoreWorkersThanTheCap() public {
        Orders memory orders = bagOrders(1, 1000);
        orders.pool.workerpoolprice = 0;
        TaskId task = hub.initialize(matchThem(signed(orders)), 0);
        for (uint256 i = 0; i < 64; ++i) {
            contribute(vm.addr(FIRST_WORKER_KEY + i), task, keccak256(abi.encode(i)));
        }
        address last = vm.addr(FIRST_WORKER_KEY + 64);
        bytes memory authorization = authorize(last, task);

        vm.expectRevert(abi.encodeWithSelector(IHubTasks.TooManyContributors.selector, task, 64));
        vm.prank(last);
        hub.contribute(task, "h", "s", address(0), "", authorization);
    }

    function testRecordsAndLocks() public {
        bytes32 resultHash = hashOf(_task, DIGEST);

        vm.expectEmit(address(hub));
        emit IHubDeposits.Lock(_worker, WORKER_STAKE);
        vm.expectEmit(address(hub));
        emit IHubTasks.TaskContribute(_task, _worker, resultHash);
        contribute(_worker, _task, DIGEST);

        Contribution memory contribution = hub.viewContribution(_task, _worker);
        vm.assertEq(uint256(contribution.status), uint256(ContributionStatus.CONTRIBUTED), "status");
        vm.assertEq(contribution.resultHash, resultHash, "hash");
        vm.assertEq(contribution.resultSeal, sealOf(_worker, _task, DIGEST), "seal");
        vm.assertEq(contribution.enclaveChallenge, address(0), "enclave");
        vm.assertEq(contribution.weight, 1, "log2 of weight 2");
        vm.assertEq(hub.viewTask(_task).contributors[0], _worker, "contributor");
        vm.assertEq(lockedOf(_worker), WORKER_STAKE, "locked");
        vm.assertEq(stakeOf(_worker), DEPOSIT - WORKER_STAKE, "stake");
    }

    function testTheOwnerAtDealTimeAuthorizes() public {
        vm.prank(poolOwner);
        poolRegistry.transferFrom(poolOwner, requester, uint256(uint160(pool)));

        contribute(_worker, _task, DIGEST);
    }

    function testAnEnclaveSignsTheResult() public {
        TaskId tee = _teeTask();
        address enclave = vm.addr(ENCLAVE_KEY);

        _contribute(
            tee,
            enclave,
            _enclaveSign(tee, ENCLAVE_KEY),
            authorize(_worker, tee, enclave, POOL_OWNER_KEY)
        );

        vm.assertEq(hub.viewContribution(tee, _worker).enclaveChallenge, enclave, "challenge");
    }

    function testTheBrokerAuthorizesEnclavesOnceSet() public {
        address broker = vm.addr(BROKER_KEY);
        vm.prank(admin);
        hub.setTeeBroker(broker);
        TaskId tee = _teeTask();
        address enclave = vm.addr(ENCLAVE_KEY);
        bytes memory enclaveSign = _enclaveSign(tee, ENCLAVE_KEY);
        bytes memory byOwner = authorize(_worker, tee, enclave, POOL_OWNER_KEY);

        vm.expectRevert(
            abi.encodeWithSelector(IHubTasks.BadAuthorization.selector, tee, _worker, broker)
        );
        _contribute(tee, enclave, enclaveSign, byOwner);
        _contribute(tee, enclave, enclaveSign, authorize(_worker, tee, enclave, BROKER_KEY));
        contribute(_worker, _task, DIGEST);
    }

    function testAContributionOfNobodyIsAllZero() public view {
        Contribution memory contribution = hub.viewContribution(_task, address(0xdead));

        vm.assertEq(uint256(contribution.status), 0, "status");
        vm.assertEq(contribution.resultHash, bytes32(0), "hash");
    }

    function _teeTask() private returns (TaskId) {
        Orders memory orders = bagOrders(1, 5);
        orders.app.tag = orders.pool.tag = orders.request.tag = TEE_TAG;
        return hub.initialize(matchThem(signed(orders)), 0);
    }

    function _enclaveSign(TaskId taskid, uint256 key) private view returns (bytes memory) {
        bytes32 resultHash = hashOf(taskid, DIGEST);
        return signMessage(key, keccak256(abi.encode(resultHash, sealOf(_worker, taskid, DIGEST))));
    }

    function _refused(TaskId taskid, bytes memory error) private {
        bytes memory authorization = authorize(_worker, taskid);
        vm.expectRevert(error);
        _contribute(taskid, address(0), "", authorization);
    }

    function _contribute(
        TaskId taskid,
        address enclave,
        bytes memory enclaveSign,
        bytes memory authorization
    ) private {
        vm.prank(_worker);
        hub.contribute(
            taskid,
            hashOf(taskid, DIGEST),
            sealOf(_worker, taskid, DIGEST),
            enclave,
            enclaveSign,
            authorization
        );
    }

    /// @dev The most that a pool has to pay to end a task, or anybody to claim it.
    function testTheLargestTaskStillEnds() public {
        TaskId settled = activeTask(3);
        TaskId claimed = activeTask(1000);
        for (uint256 i = 0; i < 64; ++i) {
            contribute(worker(i), settled, i < 56 ? keccak256(abi.encode(i)) : DIGEST);
            contribute(worker(i), claimed, keccak256(abi.encode(i)));
        }
        for (uint256 i = 56; i < 64; ++i) {
            reveal(worker(i), settled, DIGEST);
        }

        vm.prank(poolOwner);
        hub.finalize{gas: 5_000_000}(settled, "r", "");
        passFinalDeadline(claimed);
        hub.claim{gas: 2_000_000}(claimed);
        vm.assertEq(lockedOf(worker(0)) + lockedOf(worker(63)), 0, "free");
    }
}
