// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Ownable, Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import "../../src/interfaces/HubTypes.sol";
import {IHubDeposits} from "../../src/interfaces/IHubDeposits.sol";
import {IWorkerAccount} from "../../src/interfaces/IWorkerAccount.sol";
import {ReentrantMachine} from "../mocks/Machines.sol";
import {WorkerFixture} from "./WorkerFixture.sol";

/// @title Who may do what with the account itself
contract WorkerAccountTest is WorkerFixture {
    function testRefusesAHubWithoutCode() public {
        vm.expectRevert(abi.encodeWithSelector(IWorkerAccount.NotAHub.selector, STRANGER));
        deployWorkerAccount(STRANGER, OWNER);
    }

    function testRefusesNoOwner() public {
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableInvalidOwner.selector, address(0)));
        deployWorkerAccount(address(hub), address(0));
    }

    function testOnlyTheOwnerKeepsMachinesAndMoney() public {
        _refusesAsOwner(MACHINE);
        _refusesAsOwner(STRANGER);
        _refusesAsOwner(poolOwner);
    }

    function testTheOwnerStays() public {
        vm.expectRevert(IWorkerAccount.OwnerRequired.selector);
        vm.prank(OWNER);
        Ownable(address(account)).renounceOwnership();
    }

    function testRefusesToWithdrawWhatIsLocked() public {
        contributeBy(MACHINE, activeTask(1), DIGEST);

        vm.expectRevert(
            abi.encodeWithSelector(
                IHubDeposits.StakeTooLow.selector, address(account), DEPOSIT - WORKER_STAKE, DEPOSIT
            )
        );
        vm.prank(OWNER);
        account.withdrawTo(DEPOSIT, OWNER);
    }

    /// @dev Every function of the hub that is not a machine's, and random ones.
    function testAMachineCannotCallAnythingElse(bytes4 selector, bytes calldata data) public {
        bytes4[12] memory others = [
            hub.withdraw.selector,
            hub.transfer.selector,
            hub.approve.selector,
            hub.transferFrom.selector,
            hub.increaseAllowance.selector,
            hub.approveAndCall.selector,
            hub.matchOrders.selector,
            hub.manageRequestOrder.selector,
            hub.manageWorkerpoolOrder.selector,
            hub.receiveApproval.selector,
            hub.claim.selector,
            bytes4(keccak256("isValidSignature(bytes32,bytes)"))
        ];
        bytes memory arguments = abi.encode(MACHINE, DEPOSIT, DEPOSIT, DEPOSIT, DEPOSIT, DEPOSIT);
        for (uint256 i = 0; i < others.length; ++i) {
            _refusesCall(bytes.concat(others[i], arguments));
        }
        _refusesCall("");
        if (!_isHarmless(selector)) _refusesCall(bytes.concat(selector, data));
        vm.assertEq(stakeOf(address(account)), DEPOSIT, "deposit");
    }

    function testTakesNoCoin() public {
        vm.deal(address(this), 1);
        (bool success,) = address(account).call{value: 1}("");
        vm.assertFalse(success, "coin");
    }

    function testCannotBeARequester() public {
        Orders memory orders = standardOrders();
        orders.request.requester = address(account);
        orders = signed(orders);
        orders.request.sign = sign(REQUESTER_KEY, hasher.ofRequest(orders.request));

        vm.expectRevert();
        matchThem(orders);
    }

    function testAMachineThatCallsBackIsRefused() public {
        ReentrantMachine machine = new ReentrantMachine(account);
        setCap(address(machine), CAP);
        TaskId next = activeTask(1);
        machine.arm(
            abi.encodeCall(
                account.contribute,
                (
                    next,
                    hashOf(next, DIGEST),
                    sealOf(address(account), next, DIGEST),
                    address(0),
                    "",
                    authorize(address(account), next)
                )
            )
        );
        _workWithCallback(machine);
        _wasRefused(machine, "contribute");

        machine.arm(abi.encodeCall(account.reveal, (next, DIGEST)));
        _workWithCallback(machine);
        _wasRefused(machine, "reveal");

        machine.arm(abi.encodeCall(account.settle, (MACHINE, 0, 1)));
        _workWithCallback(machine);
        _wasRefused(machine, "settle");
    }

    function testTellsItsHub() public view {
        vm.assertEq(account.hub(), address(hub), "hub");
    }

    function testListsAndRemovesMachines() public {
        vm.expectEmit(address(account));
        emit IWorkerAccount.MachineSet(STRANGER, 7);
        setCap(STRANGER, 7);
        vm.assertTrue(account.viewMachine(STRANGER).listed, "listed");
        vm.assertEq(account.viewMachine(STRANGER).cap, 7, "cap");

        vm.expectEmit(address(account));
        emit IWorkerAccount.MachineRemoved(STRANGER);
        removeMachine(STRANGER);
        vm.assertFalse(account.viewMachine(STRANGER).listed, "removed");
    }

    function testOwnershipMovesInTwoSteps() public {
        Ownable2Step owned = Ownable2Step(address(account));
        vm.prank(OWNER);
        owned.transferOwnership(STRANGER);
        vm.assertEq(owned.owner(), OWNER, "not yet");
        vm.prank(STRANGER);
        owned.acceptOwnership();

        vm.assertEq(owned.owner(), STRANGER, "now");
        _refusesAsOwner(OWNER);
    }

    function testAnybodyPaysIn() public {
        vm.startPrank(admin);
        ruc.mint(admin, 9);
        ruc.approve(address(hub), 9);
        hub.depositFor(9, address(account));
        vm.stopPrank();

        vm.assertEq(stakeOf(address(account)), DEPOSIT + 9, "deposit");
    }

    function testTheOwnerWithdrawsToAnyAddress() public {
        vm.prank(OWNER);
        account.withdrawTo(9, STRANGER);

        vm.assertEq(ruc.balanceOf(STRANGER), 9, "tokens");
        vm.assertEq(stakeOf(address(account)), DEPOSIT - 9, "deposit");
    }

    function testHasTheSameAddressWhoeverCreatesIt() public {
        bytes memory code =
            bytes.concat(vm.getCode("WorkerAccount.sol:WorkerAccount"), abi.encode(hub, OWNER));
        bytes32 hash = keccak256(abi.encodePacked(hex"ff", this, bytes32(0), keccak256(code)));
        address created;
        assembly {
            created := create2(0, add(code, 0x20), mload(code), 0)
        }

        vm.assertEq(created, address(uint160(uint256(hash))), "address");
        vm.assertEq(Ownable(created).owner(), OWNER, "owner");
    }

    function _workWithCallback(ReentrantMachine machine) private {
        Orders memory orders = standardOrders();
        orders.request.callback = address(machine);
        TaskId taskid = hub.initialize(matchThem(signed(orders)), 0);
        machine.work(taskid, keccak256("back"), "back", authorize(address(account), taskid));
        vm.assertEq(uint256(hub.viewTask(taskid).status), uint256(TaskStatus.COMPLETED), "done");
    }

    function _wasRefused(ReentrantMachine machine, string memory what) private view {
        bytes4 guard = ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector;
        vm.assertEq(machine.refusal(), abi.encodeWithSelector(guard), what);
    }

    function _refusesAsOwner(address caller) private {
        bytes memory refusal =
            abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, caller);
        vm.startPrank(caller);
        vm.expectRevert(refusal);
        account.setMachines(_one(caller), type(uint96).max);
        vm.expectRevert(refusal);
        account.removeMachines(_one(OTHER_MACHINE));
        vm.expectRevert(refusal);
        account.withdrawTo(1, caller);
        vm.expectRevert(refusal);
        Ownable(address(account)).transferOwnership(caller);
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, caller));
        Ownable2Step(address(account)).acceptOwnership();
        vm.stopPrank();
    }

    function _refusesCall(bytes memory data) private {
        vm.prank(MACHINE);
        (bool success,) = address(account).call(data);
        vm.assertFalse(success, "refused");
    }

    /// @dev Views, and settling, which all may call.
    function _isHarmless(bytes4 selector) private view returns (bool) {
        return selector == account.settle.selector || selector == account.hub.selector
            || selector == account.viewMachine.selector || selector == account.viewOpenTask.selector
            || selector == Ownable.owner.selector || selector == Ownable2Step.pendingOwner.selector;
    }
}
