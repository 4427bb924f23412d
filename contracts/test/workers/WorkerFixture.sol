// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import "../../src/interfaces/HubTypes.sol";
import {IWorkerAccount} from "../../src/interfaces/IWorkerAccount.sol";
import {HubFixture} from "../base/HubFixture.sol";

/// @title An account with two listed machines, each of which may stake for three tasks
abstract contract WorkerFixture is HubFixture {
    bytes32 internal constant DIGEST = keccak256("result");
    address internal constant OWNER = address(0x0e);
    address internal constant MACHINE = address(0xac1);
    address internal constant OTHER_MACHINE = address(0xac2);
    address internal constant STRANGER = address(0x5e);
    uint96 internal constant CAP = uint96(3 * WORKER_STAKE);

    IWorkerAccount internal account;

    function setUp() public virtual override {
        super.setUp();
        account = deployWorkerAccount(address(hub), OWNER);
        _fund(address(this));
        hub.transfer(address(account), DEPOSIT);
        address[] memory machines = new address[](2);
        (machines[0], machines[1]) = (MACHINE, OTHER_MACHINE);
        vm.prank(OWNER);
        account.setMachines(machines, CAP);
    }

    function contributeBy(address machine, TaskId taskid, bytes32 digest) internal {
        bytes memory authorization = authorize(address(account), taskid);
        vm.prank(machine);
        _contribute(taskid, digest, authorization);
    }

    /// @dev The next call is the account's: pranks and expectations meet it.
    function _contribute(TaskId taskid, bytes32 digest, bytes memory authorization) internal {
        account.contribute(
            taskid,
            hashOf(taskid, digest),
            sealOf(address(account), taskid, digest),
            address(0),
            "",
            authorization
        );
    }

    function revealBy(address machine, TaskId taskid) internal {
        vm.prank(machine);
        account.reveal(taskid, DIGEST);
    }

    function setCap(address machine, uint96 cap) internal {
        vm.prank(OWNER);
        account.setMachines(_one(machine), cap);
    }

    function removeMachine(address machine) internal {
        vm.prank(OWNER);
        account.removeMachines(_one(machine));
    }

    /// @dev Contributed, revealed and finalized by the pool.
    function completeTask(address machine) internal returns (TaskId taskid) {
        taskid = activeTask(1);
        contributeBy(machine, taskid, DIGEST);
        revealBy(machine, taskid);
        finalize(taskid, "location");
    }

    function lockedBy(address machine) internal view returns (uint256) {
        return account.viewMachine(machine).locked;
    }

    function openOf(address machine) internal view returns (uint256) {
        return account.viewMachine(machine).open;
    }

    function _one(address only) internal pure returns (address[] memory list) {
        list = new address[](1);
        list[0] = only;
    }
}
