// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import "../../src/interfaces/HubTypes.sol";
import {IWorkerAccount} from "../../src/interfaces/IWorkerAccount.sol";
import {GasBase} from "./GasBase.sol";

/// @title A worker's steps through its account, beside those of a plain wallet
/// @dev The account, too, was used before: its machine has one task open, and one that has ended.
/// forge-config: default.isolate = true
contract GasWorkersTest is GasBase {
    address private constant MACHINE = address(0xac1);

    IWorkerAccount private _account;

    function setUp() public override {
        super.setUp();
        _account = deployWorkerAccount(address(hub), address(this));
        _fund(address(this));
        hub.transfer(address(_account), DEPOSIT);
        _setCap(100 * WORKER_STAKE);
        _contribute(activeTask(1000));
        _workOn(activeTask(1));
    }

    function testSteps() public {
        _scenario = "worker-account";
        _workOn(activeTask(1));
        TaskId taskid = activeTask(1);
        bytes memory authorization = authorize(address(_account), taskid);
        vm.prank(MACHINE);
        _account.contributeAndFinalize(taskid, DIGEST, RESULTS, "", address(0), "", authorization);
        _record("contributeAndFinalize", 1);
    }

    function testAtTheCap() public {
        _scenario = "worker-account";
        _setCap(2 * WORKER_STAKE);
        _contribute(activeTask(1));
        _record("contribute, at the cap", 1);
    }

    function testSettle() public {
        _scenario = "worker-account";
        _account.settle(MACHINE, 1, 1);
        _record("settle", 1);
    }

    function _workOn(TaskId taskid) private {
        _contribute(taskid);
        _record("contribute", 1);
        vm.prank(MACHINE);
        _account.reveal(taskid, DIGEST);
        _record("reveal", 1);
        finalize(taskid, RESULTS);
    }

    function _contribute(TaskId taskid) private {
        bytes memory authorization = authorize(address(_account), taskid);
        vm.prank(MACHINE);
        _account.contribute(
            taskid,
            hashOf(taskid, DIGEST),
            sealOf(address(_account), taskid, DIGEST),
            address(0),
            "",
            authorization
        );
    }

    function _setCap(uint256 cap) private {
        address[] memory machines = new address[](1);
        machines[0] = MACHINE;
        _account.setMachines(machines, uint96(cap));
    }
}
