// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import "../../src/interfaces/HubTypes.sol";
import {RecordingConsumer} from "../mocks/Callbacks.sol";
import {GasBase} from "./GasBase.sol";

/// @title The other scenarios that the peers were measured on
/// forge-config: default.isolate = true
contract GasVariantsTest is GasBase {
    uint256 private constant ENCLAVE_KEY = 0xe1;
    bytes32 private constant TEE = bytes32(uint256(1));
    bytes private constant ANSWER = abi.encode(uint256(42));

    function testAllPricesZero() public {
        _scenario = "free";
        Orders memory orders = standardOrders();
        orders.app.appprice = 0;
        orders.pool.workerpoolprice = 0;
        _runStandard(signed(orders));
        _finish();
    }

    function testWithCallback() public {
        _scenario = "callback";
        TaskId taskid = _start(_withCallback());
        bytes32 digest = keccak256(ANSWER);
        contribute(worker(0), taskid, digest);
        _record("contribute", 1);
        reveal(worker(0), taskid, digest);
        _record("reveal", 1);
        vm.prank(poolOwner);
        hub.finalize(taskid, RESULTS, ANSWER);
        _record("finalize", 1);
        _finish();
    }

    function testTeeInTwoSteps() public {
        _scenario = "tee";
        TaskId taskid = _start(_withTee(standardOrders()));
        address account = worker(0);
        (bytes memory enclave, bytes memory authorization) = _enclave(account, taskid);
        bytes32 hash = hashOf(taskid, DIGEST);
        bytes32 seal = sealOf(account, taskid, DIGEST);
        vm.prank(account);
        hub.contribute(taskid, hash, seal, vm.addr(ENCLAVE_KEY), enclave, authorization);
        _record("contribute", 1);
        reveal(account, taskid, DIGEST);
        _record("reveal", 1);
        finalize(taskid, RESULTS);
        _record("finalize", 1);
        _finish();
    }

    function testBagInitializedOneByOne() public {
        _scenario = "bag-of-10-one-by-one-per-task";
        DealId dealid = matchThem(signed(bagOrders(BAG, 1)));
        _record("matchOrders", BAG);
        TaskId taskid = hub.initialize(dealid, 3);
        _record("initialize", 1);
        _runTask(taskid);
        _finish();
    }

    function testAloneWithTeeAndDataset() public {
        _scenario = "contributeAndFinalize-tee-dataset";
        TaskId taskid = _start(_withTee(withDataset(standardOrders())));
        address account = worker(0);
        (bytes memory enclave, bytes memory authorization) = _enclave(account, taskid);
        address challenge = vm.addr(ENCLAVE_KEY);
        vm.prank(account);
        hub.contributeAndFinalize(taskid, DIGEST, RESULTS, "", challenge, enclave, authorization);
        _record("contributeAndFinalize", 1);
        _finish();
    }

    function testAloneWithCallback() public {
        _scenario = "contributeAndFinalize-callback";
        TaskId taskid = _start(_withCallback());
        _runAlone(taskid, keccak256(ANSWER), ANSWER);
        _finish();
    }

    function testAloneInABag() public {
        _scenario = "contributeAndFinalize-bag-of-10-per-task";
        DealId dealid = matchThem(signed(bagOrders(BAG, 1)));
        _record("matchOrders", BAG);
        _initialize(dealid, BAG);
        _runAlone(_taskOf(dealid, 4), DIGEST, "");
        _finish();
    }

    function testTrustFourWithTwoWorkers() public {
        _scenario = "trust-4-two-workers";
        TaskId taskid = _start(signed(bagOrders(1, 4)));
        for (uint256 i = 0; i < 2; ++i) {
            contribute(worker(i), taskid, DIGEST);
            _record(i == 0 ? "contribute-1" : "contribute-2", 1);
        }
        for (uint256 i = 0; i < 2; ++i) {
            reveal(worker(i), taskid, DIGEST);
            _record(i == 0 ? "reveal-1" : "reveal-2", 1);
        }
        finalize(taskid, RESULTS);
        _record("finalize", 1);
        _finish();
    }

    function testManyAtOnce() public {
        _scenario = "many";
        DealId dealid = matchThem(signed(bagOrders(100, 1)));
        _initialize(dealid, 100);
        dealid = matchThem(signed(bagOrders(BAG, 1)));
        vm.warp(block.timestamp + 10 * TIMEREF);
        (DealId[] memory deals, uint256[] memory indexes) = _indexes(dealid, BAG);
        hub.initializeAndClaimArray(deals, indexes);
        _record("initializeAndClaimArray of 10, per task", BAG);
    }

    function testOrdersAndDeposits() public {
        _scenario = "escrow";
        AppOrder memory order = appOrder();
        vm.startPrank(appOwner);
        hub.manageAppOrder(AppOrderOperation(order, OrderOperation.SIGN, ""));
        _record("manageAppOrder SIGN", 1);
        order = appOrder();
        hub.manageAppOrder(AppOrderOperation(order, OrderOperation.CLOSE, ""));
        _record("manageAppOrder CLOSE", 1);
        vm.stopPrank();
        vm.prank(admin);
        ruc.mint(address(0xf4e5), 2 * DEPOSIT);
        vm.startPrank(address(0xf4e5));
        ruc.approveAndCall(address(hub), DEPOSIT, "");
        _record("approveAndCall, fresh account", 1);
        vm.stopPrank();
    }

    function _start(Orders memory orders) private returns (TaskId taskid) {
        DealId dealid = matchThem(orders);
        _record("matchOrders", 1);
        taskid = hub.initialize(dealid, 0);
        _record("initialize", 1);
    }

    function _runAlone(TaskId taskid, bytes32 digest, bytes memory answer) private {
        address account = worker(0);
        bytes memory authorization = authorize(account, taskid);
        vm.prank(account);
        hub.contributeAndFinalize(taskid, digest, RESULTS, answer, address(0), "", authorization);
        _record("contributeAndFinalize", 1);
    }

    function _initialize(DealId dealid, uint256 count) private {
        (DealId[] memory deals, uint256[] memory indexes) = _indexes(dealid, count);
        hub.initializeArray(deals, indexes);
        _record(
            count == BAG
                ? "initializeArray"
                : string.concat("initializeArray of ", vm.toString(count), ", per task"),
            count
        );
    }

    function _indexes(DealId dealid, uint256 count)
        private
        pure
        returns (DealId[] memory deals, uint256[] memory indexes)
    {
        deals = new DealId[](count);
        indexes = new uint256[](count);
        for (uint256 i = 0; i < count; ++i) {
            (deals[i], indexes[i]) = (dealid, i);
        }
    }

    /// @dev A consumer that was called before.
    function _withCallback() private returns (Orders memory orders) {
        RecordingConsumer consumer = new RecordingConsumer();
        consumer.receiveResult("before", ANSWER);
        orders = standardOrders();
        orders.request.callback = address(consumer);
        return signed(orders);
    }

    function _withTee(Orders memory orders) private view returns (Orders memory) {
        orders.app.tag = orders.pool.tag = orders.request.tag = TEE;
        return signed(orders);
    }

    function _enclave(address account, TaskId taskid)
        private
        pure
        returns (bytes memory enclave, bytes memory authorization)
    {
        enclave = signMessage(
            ENCLAVE_KEY,
            keccak256(abi.encode(hashOf(taskid, DIGEST), sealOf(account, taskid, DIGEST)))
        );
        authorization = authorize(account, taskid, vm.addr(ENCLAVE_KEY), POOL_OWNER_KEY);
    }
}
