// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import "../../src/interfaces/HubTypes.sol";
import {IHub} from "../../src/interfaces/IHub.sol";
import {
    IAppRegistry,
    IDatasetRegistry,
    IWorkerpoolRegistry
} from "../../src/interfaces/IRegistries.sol";
import {IRuc} from "../../src/interfaces/IRuc.sol";
import {Deployer} from "./Deployer.sol";
import {OrderHasher} from "./OrderHasher.sol";

/// @title A whole deployment with actors, resources and ready-made orders
abstract contract HubFixture is Deployer {
    uint256 internal constant APP_PRICE = 1e6;
    uint256 internal constant DATASET_PRICE = 5e5;
    uint256 internal constant POOL_PRICE = 1e7;
    uint256 internal constant POOL_STAKE = 3e6;
    uint256 internal constant WORKER_STAKE = 3e6;
    uint256 internal constant DEPOSIT = 1e15;
    uint256 internal constant TIMEREF = 300;
    bytes32 internal constant TEE_TAG = bytes32(uint256(1));
    address internal constant KITTY = 0x99c2268479b93fDe36232351229815DF80837e23;

    uint256 internal constant ADMIN_KEY = 0xad;
    uint256 internal constant APP_OWNER_KEY = 0xa1;
    uint256 internal constant DATASET_OWNER_KEY = 0xd1;
    uint256 internal constant POOL_OWNER_KEY = 0xb1;
    uint256 internal constant REQUESTER_KEY = 0xc1;
    uint256 internal constant FIRST_WORKER_KEY = 0x1000;

    address internal admin = vm.addr(ADMIN_KEY);
    address internal appOwner = vm.addr(APP_OWNER_KEY);
    address internal datasetOwner = vm.addr(DATASET_OWNER_KEY);
    address internal poolOwner = vm.addr(POOL_OWNER_KEY);
    address internal requester = vm.addr(REQUESTER_KEY);

    IRuc internal ruc;
    IAppRegistry internal appRegistry;
    IDatasetRegistry internal datasetRegistry;
    IWorkerpoolRegistry internal poolRegistry;
    IHub internal hub;
    OrderHasher internal hasher;
    address internal app;
    address internal dataset;
    address internal pool;
    uint256 private _salt;

    function setUp() public virtual {
        vm.warp(1_700_000_000);
        ruc = deployRuc(admin);
        appRegistry = deployAppRegistry(address(0));
        datasetRegistry = deployDatasetRegistry(address(0));
        poolRegistry = deployWorkerpoolRegistry(address(0));
        hub = hubOf(address(ruc), admin);
        hasher = new OrderHasher(hub);
        app = appRegistry.createApp(appOwner, "hello-1", "DOCKER", _multiaddr(), "app", "");
        dataset = datasetRegistry.createDataset(datasetOwner, "prices", _multiaddr(), "data");
        pool = poolRegistry.createWorkerpool(poolOwner, "pool");
        _fund(requester);
        _fund(poolOwner);
    }

    /// @notice A hub for any token and owner, with this fixture's registries.
    function hubOf(address token, address owner) internal returns (IHub) {
        return deployHub(deskOf(token), owner, _categories());
    }

    function deskOf(address token) internal returns (IHub) {
        return
            deployDesk(token, address(appRegistry), address(datasetRegistry), address(poolRegistry));
    }

    function _categories() internal pure returns (Category[] memory categories) {
        categories = new Category[](2);
        categories[0] = Category("XS", "five minutes", TIMEREF);
        categories[1] = Category("DEV", "two seconds", 2);
    }

    function _multiaddr() internal pure returns (bytes memory) {
        return "registry.example/hello-world:1.0.0-abcdefgh";
    }

    function _fund(address account) internal virtual {
        vm.prank(admin);
        ruc.mint(account, DEPOSIT);
        vm.prank(account);
        ruc.approveAndCall(address(hub), DEPOSIT, "");
    }

    /// @notice A worker with a deposit.
    function worker(uint256 index) internal returns (address account) {
        account = vm.addr(FIRST_WORKER_KEY + index);
        if (hub.balanceOf(account) + hub.frozenOf(account) == 0) _fund(account);
    }

    function nextSalt() internal returns (bytes32) {
        return keccak256(abi.encode("salt", _salt++));
    }

    // Orders: unrestricted, volume 1, trust 1, no dataset. Tests change fields, then sign.

    function appOrder() internal returns (AppOrder memory order) {
        order.app = app;
        order.appprice = APP_PRICE;
        order.volume = 1;
        order.salt = nextSalt();
    }

    function noDataset() internal pure returns (DatasetOrder memory order) {}

    function datasetOrder() internal returns (DatasetOrder memory order) {
        order.dataset = dataset;
        order.datasetprice = DATASET_PRICE;
        order.volume = 1;
        order.salt = nextSalt();
    }

    function poolOrder() internal returns (WorkerpoolOrder memory order) {
        order.workerpool = pool;
        order.workerpoolprice = POOL_PRICE;
        order.volume = 1;
        order.trust = 1000;
        order.salt = nextSalt();
    }

    function requestOrder() internal returns (RequestOrder memory order) {
        order.app = app;
        order.appmaxprice = APP_PRICE;
        order.workerpoolmaxprice = POOL_PRICE;
        order.requester = requester;
        order.volume = 1;
        order.trust = 1;
        order.beneficiary = requester;
        order.params = '{"iexec_args":"hello world!!!","iexec_developer_logger":true}';
        order.salt = nextSalt();
    }

    struct Orders {
        AppOrder app;
        DatasetOrder dataset;
        WorkerpoolOrder pool;
        RequestOrder request;
    }

    function standardOrders() internal returns (Orders memory orders) {
        orders.app = appOrder();
        orders.dataset = noDataset();
        orders.pool = poolOrder();
        orders.request = requestOrder();
    }

    function bagOrders(uint256 volume, uint256 trust) internal returns (Orders memory orders) {
        orders = standardOrders();
        orders.app.volume = volume;
        orders.pool.volume = volume;
        orders.request.volume = volume;
        orders.request.trust = trust;
    }

    function withDataset(Orders memory orders) internal returns (Orders memory) {
        orders.dataset = datasetOrder();
        orders.dataset.volume = orders.request.volume;
        orders.request.dataset = dataset;
        orders.request.datasetmaxprice = DATASET_PRICE;
        return orders;
    }

    function signed(Orders memory orders) internal view returns (Orders memory) {
        orders.app.sign = sign(APP_OWNER_KEY, hasher.ofApp(orders.app));
        if (orders.dataset.dataset != address(0)) {
            orders.dataset.sign = sign(DATASET_OWNER_KEY, hasher.ofDataset(orders.dataset));
        }
        orders.pool.sign = sign(POOL_OWNER_KEY, hasher.ofPool(orders.pool));
        orders.request.sign = sign(REQUESTER_KEY, hasher.ofRequest(orders.request));
        return orders;
    }

    function matchThem(Orders memory orders) internal returns (DealId) {
        return hub.matchOrders(orders.app, orders.dataset, orders.pool, orders.request);
    }

    /// @notice An ACTIVE task of a fresh deal of volume 1.
    function activeTask(uint256 trust) internal returns (TaskId) {
        return hub.initialize(matchThem(signed(bagOrders(1, trust))), 0);
    }

    // Steps of a task.

    function authorize(address account, TaskId taskid) internal pure returns (bytes memory) {
        return authorize(account, taskid, address(0), POOL_OWNER_KEY);
    }

    function authorize(address account, TaskId taskid, address challenge, uint256 key)
        internal
        pure
        returns (bytes memory)
    {
        return signMessage(key, keccak256(abi.encodePacked(account, taskid, challenge)));
    }

    function hashOf(TaskId taskid, bytes32 digest) internal pure returns (bytes32) {
        return keccak256(abi.encode(taskid, digest));
    }

    function sealOf(address account, TaskId taskid, bytes32 digest)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(abi.encodePacked(account, taskid, digest));
    }

    function contribute(address account, TaskId taskid, bytes32 digest) internal {
        bytes memory authorization = authorize(account, taskid);
        vm.prank(account);
        hub.contribute(
            taskid,
            hashOf(taskid, digest),
            sealOf(account, taskid, digest),
            address(0),
            "",
            authorization
        );
    }

    function reveal(address account, TaskId taskid, bytes32 digest) internal {
        vm.prank(account);
        hub.reveal(taskid, digest);
    }

    function finalize(TaskId taskid, bytes memory results) internal {
        vm.prank(poolOwner);
        hub.finalize(taskid, results, "");
    }

    function passFinalDeadline(TaskId taskid) internal {
        vm.warp(hub.viewTask(taskid).finalDeadline);
    }

    function stakeOf(address account) internal view returns (uint256) {
        return hub.viewAccount(account).stake;
    }

    function lockedOf(address account) internal view returns (uint256) {
        return hub.viewAccount(account).locked;
    }
}
