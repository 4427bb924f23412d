// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import "../../src/interfaces/HubTypes.sol";
import {GasBase} from "./GasBase.sol";

/// @title The scenarios that have a target
/// forge-config: default.isolate = true
contract GasTest is GasBase {
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
}
