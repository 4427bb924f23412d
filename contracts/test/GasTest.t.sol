// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import "../src/interfaces/HubTypes.sol";
import {HubFixture} from "./base/HubFixture.sol";

/// @title Gas of whole transactions in steady state, kept in snapshots/ and reviewed like code
/// @dev Same inputs as the peer's published table: see docs/adr/0002-hub-structure.md.
/// forge-config: default.isolate = true
contract GasTest is HubFixture {
    bytes internal constant RESULTS =
        '{"storage":"ipfs","location":"/ipfs/bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuyl0000"}  ';
    bytes32 internal constant DIGEST = keccak256("result");

    uint256 private _sum;

    function setUp() public override {
        super.setUp();
        // Everybody has been used before, and has something locked.
        _runStandard(signed(standardOrders()));
        matchThem(signed(standardOrders()));
        _openTask();
        _sum = 0;
    }

    function testStandardTask() public {
        Orders memory orders = signed(standardOrders());

        matchThem(orders);
    }

    function testStandard() public {
        _runStandard(signed(standardOrders()));
        vm.snapshotValue("standard", "sum", _sum);
    }

    function testWithDataset() public {
        _runStandard(signed(withDataset(standardOrders())));
        vm.snapshotValue("dataset", "sum", _sum);
    }

    function _openTask() private {
        TaskId taskid = activeTask(5);
        contribute(worker(0), taskid, DIGEST);
    }

    function _runStandard(Orders memory orders) private {
        DealId dealid = matchThem(orders);
        _count("matchOrders");
        TaskId taskid = hub.initialize(dealid, 0);
        _count("initialize");
        contribute(worker(0), taskid, DIGEST);
        _count("contribute");
        reveal(vm.addr(FIRST_WORKER_KEY), taskid, DIGEST);
        _count("reveal");
        finalize(taskid, RESULTS);
        _count("finalize");
    }

    function _count(string memory name) private {
        _sum += vm.snapshotGasLastCall("standard", name);
    }
}
