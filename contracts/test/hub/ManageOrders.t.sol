// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import "../../src/interfaces/HubTypes.sol";
import {IHubMarket} from "../../src/interfaces/IHubMarket.sol";
import {IHubOrders} from "../../src/interfaces/IHubOrders.sol";
import {HubFixture} from "../base/HubFixture.sol";

contract ManageOrdersTest is HubFixture {
    Orders private o;

    function setUp() public override {
        super.setUp();
        o = withDataset(bagOrders(3, 1));
    }

    function testRefusesStrangers() public {
        bytes memory error = "invalid-sender-or-signature";
        bytes memory wrong = sign(REQUESTER_KEY, "x");
        vm.startPrank(admin);
        vm.expectRevert(error);
        hub.manageAppOrder(AppOrderOperation(o.app, OrderOperation.SIGN, wrong));
        vm.expectRevert(error);
        hub.manageDatasetOrder(DatasetOrderOperation(o.dataset, OrderOperation.SIGN, wrong));
        vm.expectRevert(error);
        hub.manageWorkerpoolOrder(WorkerpoolOrderOperation(o.pool, OrderOperation.SIGN, wrong));
        vm.expectRevert(error);
        hub.manageRequestOrder(RequestOrderOperation(o.request, OrderOperation.SIGN, wrong));
        vm.expectRevert("invalid-signature-format");
        hub.manageAppOrder(AppOrderOperation(o.app, OrderOperation.SIGN, ""));
        vm.stopPrank();
    }

    function testASignedCloseIsNotASign() public {
        bytes memory close = sign(APP_OWNER_KEY, hasher.operationOnApp(o.app, OrderOperation.CLOSE));

        vm.expectRevert(bytes("invalid-sender-or-signature"));
        hub.manageAppOrder(AppOrderOperation(o.app, OrderOperation.SIGN, close));
    }

    function testOwnersPresignEverything() public {
        vm.expectEmit(address(hub));
        emit IHubOrders.SignedAppOrder(hasher.ofApp(o.app));
        vm.prank(appOwner);
        hub.manageAppOrder(AppOrderOperation(o.app, OrderOperation.SIGN, ""));
        vm.expectEmit(address(hub));
        emit IHubOrders.SignedDatasetOrder(hasher.ofDataset(o.dataset));
        vm.prank(datasetOwner);
        hub.manageDatasetOrder(DatasetOrderOperation(o.dataset, OrderOperation.SIGN, ""));
        vm.expectEmit(address(hub));
        emit IHubOrders.SignedWorkerpoolOrder(hasher.ofPool(o.pool));
        vm.prank(poolOwner);
        hub.manageWorkerpoolOrder(WorkerpoolOrderOperation(o.pool, OrderOperation.SIGN, ""));
        vm.expectEmit(address(hub));
        emit IHubOrders.SignedRequestOrder(hasher.ofRequest(o.request));
        vm.prank(requester);
        hub.manageRequestOrder(RequestOrderOperation(o.request, OrderOperation.SIGN, ""));

        bytes32 appHash = hasher.ofApp(o.app);
        vm.assertEq(hub.viewPresigned(appHash), appOwner, "presigned");
        vm.assertTrue(hub.verifyPresignature(appOwner, appHash), "verified");
        vm.assertTrue(hub.verifyPresignatureOrSignature(appOwner, appHash, ""), "either");
        DealId dealid = matchThem(o);
        vm.assertEq(hub.viewDeal(dealid).botSize, 3, "matched without signatures");
        vm.assertEq(hub.viewPresigned(appHash), appOwner, "still presigned");
    }

    function testAnybodyCarriesASignedOperation() public {
        hub.manageAppOrder(
            AppOrderOperation(
                o.app,
                OrderOperation.SIGN,
                sign(APP_OWNER_KEY, hasher.operationOnApp(o.app, OrderOperation.SIGN))
            )
        );
        hub.manageDatasetOrder(
            DatasetOrderOperation(
                o.dataset,
                OrderOperation.SIGN,
                sign(DATASET_OWNER_KEY, hasher.operationOnDataset(o.dataset, OrderOperation.SIGN))
            )
        );
        hub.manageWorkerpoolOrder(
            WorkerpoolOrderOperation(
                o.pool,
                OrderOperation.SIGN,
                sign(POOL_OWNER_KEY, hasher.operationOnPool(o.pool, OrderOperation.SIGN))
            )
        );
        hub.manageRequestOrder(
            RequestOrderOperation(
                o.request,
                OrderOperation.SIGN,
                sign(REQUESTER_KEY, hasher.operationOnRequest(o.request, OrderOperation.SIGN))
            )
        );

        matchThem(o);
    }

    function testAPresignatureDiesWithOwnership() public {
        vm.prank(appOwner);
        hub.manageAppOrder(AppOrderOperation(o.app, OrderOperation.SIGN, ""));
        vm.prank(appOwner);
        appRegistry.transferFrom(appOwner, admin, uint256(uint160(app)));
        Orders memory orders = signed(o);
        orders.app.sign = sign(APP_OWNER_KEY, hasher.ofApp(orders.app));

        vm.expectRevert("iExecV5-matchOrders-0x21");
        matchThem(orders);
    }

    function testClosingUsesAnOrderUp() public {
        vm.expectEmit(address(hub));
        emit IHubOrders.ClosedAppOrder(hasher.ofApp(o.app));
        vm.prank(appOwner);
        hub.manageAppOrder(AppOrderOperation(o.app, OrderOperation.CLOSE, ""));

        vm.assertEq(hub.viewConsumed(hasher.ofApp(o.app)), 3, "consumed");
        _refused();
    }

    function testClosesEachKind() public {
        vm.expectEmit(address(hub));
        emit IHubOrders.ClosedDatasetOrder(hasher.ofDataset(o.dataset));
        vm.prank(datasetOwner);
        hub.manageDatasetOrder(DatasetOrderOperation(o.dataset, OrderOperation.CLOSE, ""));
        _refused();
        o = withDataset(bagOrders(3, 1));
        vm.expectEmit(address(hub));
        emit IHubOrders.ClosedWorkerpoolOrder(hasher.ofPool(o.pool));
        vm.prank(poolOwner);
        hub.manageWorkerpoolOrder(WorkerpoolOrderOperation(o.pool, OrderOperation.CLOSE, ""));
        _refused();
        o = withDataset(bagOrders(3, 1));
        vm.expectEmit(address(hub));
        emit IHubOrders.ClosedRequestOrder(hasher.ofRequest(o.request));
        vm.prank(requester);
        hub.manageRequestOrder(RequestOrderOperation(o.request, OrderOperation.CLOSE, ""));
        _refused();
    }

    function testRefusesToCloseAnOrderTooWideToMatch() public {
        o.app.volume = uint256(type(uint96).max) + 1;

        vm.expectRevert(
            abi.encodeWithSelector(
                IHubMarket.ValueTooWide.selector, "volume", o.app.volume, type(uint96).max
            )
        );
        vm.prank(appOwner);
        hub.manageAppOrder(AppOrderOperation(o.app, OrderOperation.CLOSE, ""));
    }

    function testClosingKeepsThePresignature() public {
        vm.startPrank(appOwner);
        hub.manageAppOrder(AppOrderOperation(o.app, OrderOperation.SIGN, ""));
        hub.manageAppOrder(AppOrderOperation(o.app, OrderOperation.CLOSE, ""));
        vm.stopPrank();

        vm.assertEq(hub.viewPresigned(hasher.ofApp(o.app)), appOwner, "presigned");
        vm.assertEq(hub.viewConsumed(hasher.ofApp(o.app)), 3, "consumed");
    }

    function testBroadcastsOnlyEmit() public {
        vm.expectEmit(address(hub));
        emit IHubOrders.BroadcastAppOrder(o.app);
        hub.broadcastAppOrder(o.app);
        vm.expectEmit(address(hub));
        emit IHubOrders.BroadcastDatasetOrder(o.dataset);
        hub.broadcastDatasetOrder(o.dataset);
        vm.expectEmit(address(hub));
        emit IHubOrders.BroadcastWorkerpoolOrder(o.pool);
        hub.broadcastWorkerpoolOrder(o.pool);
        vm.expectEmit(address(hub));
        emit IHubOrders.BroadcastRequestOrder(o.request);
        hub.broadcastRequestOrder(o.request);
    }

    function testForeseesTheVolume() public {
        o.pool.volume = 2;
        vm.assertEq(hub.computeDealVolume(o.app, o.dataset, o.pool, o.request), 2, "the least");
        matchThem(signed(o));
        o.pool.salt = nextSalt();
        vm.assertEq(hub.computeDealVolume(o.app, o.dataset, o.pool, o.request), 1, "what is left");
        o.dataset.dataset = address(0);
        o.dataset.volume = 0;
        vm.assertEq(
            hub.computeDealVolume(o.app, o.dataset, o.pool, o.request), 1, "without dataset"
        );
    }

    function testTellsWhetherADatasetFitsADeal() public {
        DealId with = matchThem(signed(o));
        Orders memory plain = standardOrders();
        plain.app.tag = plain.pool.tag = TEE_TAG;
        DealId without = matchThem(signed(plain));
        DatasetOrder memory order = datasetOrder();
        _incompatible(order, without, "Invalid dataset order signature");
        order = _signed(order);
        hub.assertDatasetDealCompatibility(order, without);

        _incompatible(order, DealId.wrap("none"), "Deal not found");
        _incompatible(order, with, "Deal already has a dataset");
        order.apprestrict = admin;
        _incompatible(_signed(order), without, "App restriction not satisfied");
        order.apprestrict = address(0);
        order.workerpoolrestrict = admin;
        _incompatible(_signed(order), without, "Workerpool restriction not satisfied");
        order.workerpoolrestrict = address(0);
        order.requesterrestrict = admin;
        _incompatible(_signed(order), without, "Requester restriction not satisfied");
        order.requesterrestrict = address(0);
        order.tag = bytes32(uint256(0x10));
        _incompatible(_signed(order), without, "Tag compatibility not satisfied");
        order.tag = bytes32(uint256(0x0f));
        hub.assertDatasetDealCompatibility(_signed(order), without);
        vm.prank(datasetOwner);
        hub.manageDatasetOrder(DatasetOrderOperation(order, OrderOperation.CLOSE, ""));
        _incompatible(_signed(order), without, "Dataset order is revoked or fully consumed");
    }

    function _signed(DatasetOrder memory order) private view returns (DatasetOrder memory) {
        order.sign = sign(DATASET_OWNER_KEY, hasher.ofDataset(order));
        return order;
    }

    function _incompatible(DatasetOrder memory order, DealId dealid, string memory reason) private {
        if (order.sign.length == 0) order.sign = sign(ADMIN_KEY, "x");
        vm.expectRevert(
            abi.encodeWithSelector(IHubOrders.IncompatibleDatasetOrder.selector, reason)
        );
        hub.assertDatasetDealCompatibility(order, dealid);
    }

    function _refused() private {
        Orders memory orders = signed(o);
        vm.expectRevert("iExecV5-matchOrders-0x60");
        matchThem(orders);
    }
}
