// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import "../src/interfaces/HubTypes.sol";
import {HubFixture} from "./base/HubFixture.sol";

/// @title Gas of whole transactions in steady state, kept in snapshots/ and reviewed like code
/// @dev Everybody was used before and has money locked; salts are fresh. Each call is a transaction of
/// its own (isolate).
/// forge-config: default.isolate = true
contract GasTest is HubFixture {
    uint256 private constant BAG = 10;
    bytes private constant RESULTS =
        '{"storage":"ipfs","location":"/ipfs/bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3o"}';
    bytes32 private constant DIGEST = keccak256("result");

    string private _scenario;
    uint256 private _sum;

    function setUp() public override {
        super.setUp();
        _scenario = "warm-up";
        for (uint256 i = 0; i < 3; ++i) {
            contribute(worker(i), activeTask(1000), keccak256(abi.encode(i)));
        }
        _vote(matchThem(signed(bagOrders(1, 3))));
        matchThem(signed(withDataset(standardOrders())));
        _sum = 0;
    }

    function testStandard() public {
        _scenario = "standard";
        _runStandard(signed(standardOrders()));
        vm.assertLe(_finish(), 900_000, "target");
    }

    function testWithDataset() public {
        _scenario = "dataset";
        _runStandard(signed(withDataset(standardOrders())));
        vm.assertLe(_finish(), 1_000_000, "target");
    }

    function testBagPerTask() public {
        _scenario = "bag-of-10-per-task";
        DealId dealid = matchThem(signed(bagOrders(BAG, 1)));
        _record("matchOrders", BAG);
        DealId[] memory deals = new DealId[](BAG);
        uint256[] memory indexes = new uint256[](BAG);
        for (uint256 i = 0; i < BAG; ++i) {
            (deals[i], indexes[i]) = (dealid, i);
        }
        hub.initializeArray(deals, indexes);
        _record("initializeArray", BAG);
        _runTask(_taskOf(dealid, BAG - 1));
        vm.assertLe(_finish(), 520_000, "target");
    }

    function testContributeAndFinalize() public {
        _scenario = "contributeAndFinalize";
        DealId dealid = matchThem(signed(standardOrders()));
        _record("matchOrders", 1);
        TaskId taskid = hub.initialize(dealid, 0);
        _record("initialize", 1);
        address account = worker(0);
        bytes memory authorization = authorize(account, taskid);
        vm.prank(account);
        hub.contributeAndFinalize(taskid, DIGEST, RESULTS, "", address(0), "", authorization);
        _record("contributeAndFinalize", 1);
        vm.assertLe(_finish(), 750_000, "target");
    }

    function testTrustThree() public {
        _scenario = "trust-3-with-a-liar";
        DealId dealid = matchThem(signed(bagOrders(1, 3)));
        _record("matchOrders", 1);
        _vote(dealid);
        _finish();
    }

    function testClaim() public {
        _scenario = "claim";
        TaskId taskid = activeTask(1);
        passFinalDeadline(taskid);
        hub.claim(taskid);
        _record("claim", 1);
    }

    function testCreateResources() public {
        _scenario = "create";
        appRegistry.createApp(appOwner, "hello-2", "DOCKER", _multiaddr(), "app", "");
        vm.assertLe(_record("createApp", 1), 350_000, "target");
        datasetRegistry.createDataset(datasetOwner, "prices 2", _multiaddr(), "data");
        _record("createDataset", 1);
        poolRegistry.createWorkerpool(poolOwner, "pool 2");
        _record("createWorkerpool", 1);
    }

    function testEscrow() public {
        _scenario = "escrow";
        vm.prank(admin);
        ruc.mint(requester, 2 * DEPOSIT);
        vm.prank(requester);
        ruc.approveAndCall(address(hub), DEPOSIT, "");
        _record("approveAndCall", 1);
        vm.prank(requester);
        hub.withdraw(DEPOSIT);
        _record("withdraw", 1);
    }

    /// @dev Two honest workers and a liar between them.
    function _vote(DealId dealid) private {
        TaskId taskid = hub.initialize(dealid, 0);
        _record("initialize", 1);
        contribute(worker(0), taskid, DIGEST);
        _record("contribute-1", 1);
        contribute(worker(1), taskid, "lie");
        _record("contribute-2-lie", 1);
        contribute(worker(2), taskid, DIGEST);
        _record("contribute-3", 1);
        if (hub.viewTask(taskid).status == TaskStatus.ACTIVE) {
            contribute(worker(3), taskid, DIGEST);
            _record("contribute-4", 1);
        }
        reveal(worker(0), taskid, DIGEST);
        _record("reveal-1", 1);
        reveal(worker(2), taskid, DIGEST);
        _record("reveal-2", 1);
        if (hub.viewTask(taskid).winnerCounter == 3) {
            reveal(worker(3), taskid, DIGEST);
            _record("reveal-3", 1);
        }
        finalize(taskid, RESULTS);
        _record("finalize", 1);
    }

    function _runStandard(Orders memory orders) private {
        DealId dealid = matchThem(orders);
        _record("matchOrders", 1);
        TaskId taskid = hub.initialize(dealid, 0);
        _record("initialize", 1);
        _runTask(taskid);
    }

    function _runTask(TaskId taskid) private {
        contribute(worker(0), taskid, DIGEST);
        _record("contribute", 1);
        reveal(worker(0), taskid, DIGEST);
        _record("reveal", 1);
        finalize(taskid, RESULTS);
        _record("finalize", 1);
    }

    function _taskOf(DealId dealid, uint256 idx) private pure returns (TaskId) {
        return TaskId.wrap(keccak256(abi.encode(dealid, idx)));
    }

    function _record(string memory name, uint256 tasks) private returns (uint256 gas) {
        (, uint64 used,,,) = vm.lastCallGas();
        gas = used / tasks;
        _sum += gas;
        if (keccak256(bytes(_scenario)) != keccak256("warm-up")) {
            vm.snapshotValue(_scenario, name, gas);
        }
    }

    function _finish() private returns (uint256 sum) {
        sum = _sum;
        vm.snapshotValue(_scenario, "sum", sum);
    }
}
