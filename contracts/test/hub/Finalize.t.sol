// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import "../../src/interfaces/HubTypes.sol";
import {IHubDeposits} from "../../src/interfaces/IHubDeposits.sol";
import {IHubTasks} from "../../src/interfaces/IHubTasks.sol";
import {HubFixture} from "../base/HubFixture.sol";
import {ScoreSetter} from "../base/ScoreSetter.sol";

contract FinalizeTest is HubFixture, ScoreSetter {
    bytes32 private constant DIGEST = keccak256("result");
    bytes private constant RESULTS = '{"storage":"ipfs","location":"/ipfs/b"}';
    TaskId private _task;

    function setUp() public override {
        super.setUp();
        _task = hub.initialize(matchThem(signed(withDataset(bagOrders(1, 3)))), 0);
        contribute(worker(0), _task, DIGEST);
        contribute(worker(1), _task, "lie");
        contribute(worker(2), _task, DIGEST);
        contribute(worker(3), _task, DIGEST);
    }

    function testRefusesATaskThatIsNotRevealing() public {
        TaskId active = activeTask(3);

        vm.expectRevert(
            abi.encodeWithSelector(IHubTasks.TaskNotRevealing.selector, active, TaskStatus.ACTIVE)
        );
        finalize(active, RESULTS);
    }

    function testRefusesAnybodyButTheScheduler() public {
        _revealAll();

        vm.expectRevert(
            abi.encodeWithSelector(IHubTasks.NotScheduler.selector, _task, poolOwner, requester)
        );
        vm.prank(requester);
        hub.finalize(_task, RESULTS, "");
    }

    function testRefusesAtTheFinalDeadline() public {
        _revealAll();
        uint256 deadline = hub.viewTask(_task).finalDeadline;
        vm.warp(deadline);

        vm.expectRevert(
            abi.encodeWithSelector(IHubTasks.TooLate.selector, _task, deadline, deadline)
        );
        finalize(_task, RESULTS);
        vm.warp(deadline - 1);
        finalize(_task, RESULTS);
    }

    function testRefusesWhileRevealsAreMissing() public {
        bytes memory none = abi.encodeWithSelector(IHubTasks.RevealsMissing.selector, _task, 0, 3);
        vm.expectRevert(none);
        finalize(_task, RESULTS);
        reveal(worker(0), _task, DIGEST);
        vm.warp(hub.viewTask(_task).revealDeadline - 1);
        vm.expectRevert(abi.encodeWithSelector(IHubTasks.RevealsMissing.selector, _task, 1, 3));
        finalize(_task, RESULTS);
    }

    function testRefusesWhenNobodyRevealedInTime() public {
        vm.warp(hub.viewTask(_task).revealDeadline);

        vm.expectRevert(abi.encodeWithSelector(IHubTasks.RevealsMissing.selector, _task, 0, 3));
        finalize(_task, RESULTS);
    }

    function testRefusesCallbackBytesThatNobodyAgreedOn() public {
        _revealAll();

        vm.expectRevert(
            abi.encodeWithSelector(
                IHubTasks.CallbackDigestMismatch.selector, _task, DIGEST, keccak256("other")
            )
        );
        vm.prank(poolOwner);
        hub.finalize(_task, RESULTS, "other");
    }

    function testRefusesResultsThatNoCodeCanHold() public {
        _revealAll();

        vm.expectPartialRevert(bytes4(keccak256("DataTooLong(uint256,uint256)")));
        finalize(_task, new bytes(24_572));
    }

    function testCompletesAndPublishesTheResults() public {
        _revealAll();

        vm.expectEmit(address(hub));
        emit IHubTasks.TaskFinalize(_task, RESULTS);
        finalize(_task, RESULTS);

        Task memory task = hub.viewTask(_task);
        vm.assertEq(uint256(task.status), uint256(TaskStatus.COMPLETED), "status");
        vm.assertEq(task.results, RESULTS, "results");
        vm.assertEq(task.resultsCallback, bytes(""), "callback bytes");
        vm.assertEq(task.resultDigest, DIGEST, "digest");
        vm.assertEq(task.resultsTimestamp, 0, "timestamp is never set");
    }

    function testKeepsCallbackBytesEvenWithoutCallback() public {
        TaskId task = activeTask(1);
        contribute(worker(0), task, keccak256("bytes"));
        reveal(worker(0), task, keccak256("bytes"));

        vm.prank(poolOwner);
        hub.finalize(task, "", "bytes");

        vm.assertEq(hub.viewTask(task).resultsCallback, "bytes", "stored");
        vm.assertEq(hub.resultFor(TaskId.unwrap(task)), "bytes", "pulled");
        vm.assertEq(hub.viewTask(task).results, bytes(""), "no results");
    }

    function testEmptyResultsAreFine() public {
        _revealAll();

        finalize(_task, "");

        vm.assertEq(hub.viewTask(_task).results, bytes(""), "results");
    }

    function testPaysEverybody() public {
        uint256 poolBefore = stakeOf(poolOwner);
        _revealAll();

        finalize(_task, RESULTS);

        // The pot is the price and the liar's stake; 99 % in three equal parts, rest to the pool.
        uint256 pot = POOL_PRICE + WORKER_STAKE;
        uint256 share = pot * 99 / 100 / 3;
        vm.assertEq(stakeOf(worker(0)), DEPOSIT + share, "first");
        vm.assertEq(stakeOf(worker(2)), DEPOSIT + share, "second");
        vm.assertEq(stakeOf(worker(3)), DEPOSIT + share, "third");
        vm.assertEq(stakeOf(worker(1)), DEPOSIT - WORKER_STAKE, "liar");
        vm.assertEq(stakeOf(appOwner), APP_PRICE, "app owner");
        vm.assertEq(stakeOf(datasetOwner), DATASET_PRICE, "dataset owner");
        vm.assertEq(stakeOf(poolOwner), poolBefore + POOL_STAKE + pot - 3 * share, "pool owner");
        vm.assertEq(
            stakeOf(requester), DEPOSIT - APP_PRICE - DATASET_PRICE - POOL_PRICE, "requester"
        );
        for (uint256 i = 0; i < 4; ++i) {
            vm.assertEq(lockedOf(worker(i)), 0, "worker's lock");
        }
        vm.assertEq(lockedOf(requester), 0, "requester's lock");
        vm.assertEq(lockedOf(poolOwner), 0, "pool owner's lock");
        vm.assertEq(hub.balanceOf(address(hub)), 0, "nothing left in the hub");
    }

    function testChangesScoresOnlyWhenSeveralVoted() public {
        setScore(address(hub), worker(1), 10);
        _revealAll();

        vm.expectEmit(address(hub));
        emit IHubTasks.AccurateContribution(worker(0), _task);
        vm.expectEmit(address(hub));
        emit IHubTasks.FaultyContribution(worker(1), _task);
        finalize(_task, RESULTS);
        vm.assertEq(hub.viewScore(worker(0)), 1, "honest");
        vm.assertEq(hub.viewScore(worker(1)), 6, "liar: 10 * 2 / 3");

        TaskId alone = activeTask(1);
        contribute(worker(0), alone, DIGEST);
        reveal(worker(0), alone, DIGEST);
        finalize(alone, RESULTS);
        vm.assertEq(hub.viewScore(worker(0)), 1, "alone");
    }

    function testASilentWinnerPaysLikeALiar() public {
        reveal(worker(0), _task, DIGEST);
        vm.warp(hub.viewTask(_task).revealDeadline);

        finalize(_task, RESULTS);

        uint256 pot = POOL_PRICE + 3 * WORKER_STAKE;
        vm.assertEq(stakeOf(worker(0)), DEPOSIT + pot * 99 / 100, "the one who revealed");
        vm.assertEq(stakeOf(worker(2)), DEPOSIT - WORKER_STAKE, "silent");
        vm.assertEq(stakeOf(worker(3)), DEPOSIT - WORKER_STAKE, "silent");
    }

    function testNamesEveryMoveOfMoney() public {
        _revealAll();
        bytes32 ref = TaskId.unwrap(_task);
        uint256 share = (POOL_PRICE + WORKER_STAKE) * 99 / 100 / 3;

        vm.expectEmit(address(hub));
        emit IHubDeposits.Seize(requester, APP_PRICE + DATASET_PRICE + POOL_PRICE, ref);
        vm.expectEmit(address(hub));
        emit IHubDeposits.Reward(appOwner, APP_PRICE, ref);
        vm.expectEmit(address(hub));
        emit IHubDeposits.Reward(datasetOwner, DATASET_PRICE, ref);
        vm.expectEmit(address(hub));
        emit IHubDeposits.Unlock(poolOwner, POOL_STAKE);
        vm.expectEmit(address(hub));
        emit IHubDeposits.Unlock(worker(0), WORKER_STAKE);
        vm.expectEmit(address(hub));
        emit IHubDeposits.Transfer(address(hub), worker(0), share);
        vm.expectEmit(address(hub));
        emit IHubDeposits.Reward(worker(0), share, ref);
        vm.expectEmit(address(hub));
        emit IHubDeposits.Seize(worker(1), WORKER_STAKE, ref);
        finalize(_task, RESULTS);
    }

    /// @dev Shares follow log2 of the weights, whatever prices and policy are; nothing appears or
    /// disappears.
    function testSharesByLogWeightAndConserves(
        uint256 price,
        uint256 ratioSeed,
        uint256 stakeSeed,
        uint256[3] memory scores
    ) public {
        price = bound(price, 0, 1e13);
        uint256 ratio = bound(ratioSeed, 0, 100);
        uint256 stakeRatio = bound(stakeSeed, 0, 200);
        vm.prank(poolOwner);
        (bool ok,) =
            pool.call(abi.encodeWithSignature("changePolicy(uint256,uint256)", stakeRatio, ratio));
        vm.assertTrue(ok, "policy");
        TaskId task = _voteOfThree(price, scores);
        uint256 sumBefore = _sumOfStakes();
        uint256 requesterLock = lockedOf(requester) + lockedOf(poolOwner);

        finalize(task, RESULTS);

        uint256 workersReward = price * (100 - ratio) / 100;
        uint256 totalLog = 0;
        for (uint256 i = 0; i < 3; ++i) {
            totalLog += _logWeight(scores[i]);
        }
        for (uint256 i = 0; i < 3; ++i) {
            uint256 share = workersReward * _logWeight(scores[i]) / totalLog;
            vm.assertEq(stakeOf(worker(10 + i)), DEPOSIT + share, "share");
        }
        uint256 stakes = 3 * (price * stakeRatio / 100);
        requesterLock -= lockedOf(requester) + lockedOf(poolOwner);
        vm.assertEq(_sumOfStakes(), sumBefore + requesterLock + stakes, "conserved");
    }

    function _voteOfThree(uint256 price, uint256[3] memory scores) private returns (TaskId task) {
        Orders memory orders = bagOrders(1, 2000);
        orders.pool.trust = 2000;
        orders.pool.workerpoolprice = orders.request.workerpoolmaxprice = price;
        task = hub.initialize(matchThem(signed(orders)), 0);
        for (uint256 i = 0; i < 3; ++i) {
            // Weights 13 to 23: two do not reach a trust of 2000, three do.
            scores[i] = bound(scores[i], 42, 74);
            setScore(address(hub), worker(10 + i), scores[i]);
            contribute(worker(10 + i), task, DIGEST);
        }
        for (uint256 i = 0; i < 3; ++i) {
            reveal(worker(10 + i), task, DIGEST);
        }
    }

    /// @dev By doubling, independently of the hub's log2.
    function _logWeight(uint256 score) private pure returns (uint256 log) {
        uint256 weight = score / 3 - 1;
        while (weight > 1) {
            weight /= 2;
            ++log;
        }
    }

    function _sumOfStakes() private view returns (uint256 sum) {
        sum = stakeOf(requester) + stakeOf(poolOwner) + stakeOf(appOwner);
        for (uint256 i = 0; i < 3; ++i) {
            sum += stakeOf(vm.addr(FIRST_WORKER_KEY + 10 + i));
        }
    }

    function _revealAll() private {
        reveal(worker(0), _task, DIGEST);
        reveal(worker(2), _task, DIGEST);
        reveal(worker(3), _task, DIGEST);
    }
}
