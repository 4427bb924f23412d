// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import "../../src/interfaces/HubTypes.sol";
import {HubFixture} from "../base/HubFixture.sol";

/// @title Gas of whole transactions in steady state, kept in snapshots/ and reviewed like code
/// @dev Everybody was used before and has money locked; salts are fresh. Each call is a transaction of
/// its own (isolate, in the contracts that inherit this).
abstract contract GasBase is HubFixture {
    uint256 internal constant BAG = 10;
    bytes internal constant RESULTS =
        '{"storage":"ipfs","location":"/ipfs/bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3o"}';
    bytes32 internal constant DIGEST = keccak256("result");

    string internal _scenario;
    uint256 internal _sum;

    function setUp() public virtual override {
        super.setUp();
        _scenario = "warm-up";
        for (uint256 i = 0; i < 3; ++i) {
            contribute(worker(i), activeTask(1000), keccak256(abi.encode(i)));
        }
        _vote(matchThem(signed(bagOrders(1, 3))));
        matchThem(signed(withDataset(standardOrders())));
        _sum = 0;
    }

    function _runStandard(Orders memory orders) internal {
        DealId dealid = matchThem(orders);
        _record("matchOrders", 1);
        TaskId taskid = hub.initialize(dealid, 0);
        _record("initialize", 1);
        _runTask(taskid);
    }

    function _runTask(TaskId taskid) internal {
        contribute(worker(0), taskid, DIGEST);
        _record("contribute", 1);
        reveal(worker(0), taskid, DIGEST);
        _record("reveal", 1);
        finalize(taskid, RESULTS);
        _record("finalize", 1);
    }

    function _taskOf(DealId dealid, uint256 idx) internal pure returns (TaskId) {
        return TaskId.wrap(keccak256(abi.encode(dealid, idx)));
    }

    function _record(string memory name, uint256 tasks) internal returns (uint256 gas) {
        (, uint64 used,,,) = vm.lastCallGas();
        gas = used / tasks;
        _sum += gas;
        if (keccak256(bytes(_scenario)) != keccak256("warm-up")) {
            vm.snapshotValue(_scenario, name, gas);
        }
    }

    function _finish() internal returns (uint256 sum) {
        sum = _sum;
        vm.snapshotValue(_scenario, "sum", sum);
    }

    /// @dev Two honest workers and a liar between them.
    function _vote(DealId dealid) internal {
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
}
