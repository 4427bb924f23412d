// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import "../../src/interfaces/HubTypes.sol";
import {IHubDeposits} from "../../src/interfaces/IHubDeposits.sol";
import {IHubMarket} from "../../src/interfaces/IHubMarket.sol";
import {HubFixture} from "../base/HubFixture.sol";
import {ListGroup, MuteGroup, RevertingGroup, TalkativeGroup} from "../mocks/Groups.sol";

contract MatchOrdersTest is HubFixture {
    Orders private o;

    function setUp() public override {
        super.setUp();
        o = withDataset(bagOrders(3, 1));
    }

    function testRefusesAnotherCategory() public {
        o.request.category = 1;
        _refused("00");
    }

    function testRefusesAnUnknownCategory() public {
        o.request.category = 2;
        o.pool.category = 2;
        _refused("01");
    }

    function testRefusesMoreTrustThanThePoolOffers() public {
        o.request.trust = o.pool.trust + 1;
        _refused("02");
    }

    function testRefusesPricesAboveTheRequestersLimits() public {
        o.app.appprice = APP_PRICE + 1;
        _refused("03");
        o.app.appprice = APP_PRICE;
        o.dataset.datasetprice = DATASET_PRICE + 1;
        _refused("04");
        o.dataset.datasetprice = DATASET_PRICE;
        o.pool.workerpoolprice = POOL_PRICE + 1;
        _refused("05");
    }

    function testRefusesTagsThatThePoolLacks() public {
        o.request.tag = bytes32(uint256(0x100));
        o.pool.tag = bytes32(uint256(0x200));
        _refused("06");
        o.request.tag = 0;
        o.app.tag = bytes32(uint256(0x100));
        _refused("06");
        o.app.tag = 0;
        o.dataset.tag = bytes32(uint256(0x100));
        _refused("06");
    }

    function testRefusesATeeWishThatTheAppDoesNotShare() public {
        o.request.tag = TEE_TAG;
        o.pool.tag = TEE_TAG;
        _refused("07");
        o.request.tag = 0;
        o.dataset.tag = TEE_TAG;
        _refused("07");
    }

    function testIgnoresTheTeeFrameworkOfADataset() public {
        o.dataset.tag = bytes32(uint256(0x0e));

        DealId dealid = matchThem(signed(o));

        vm.assertEq(hub.viewDeal(dealid).tag, bytes32(0), "tag");
    }

    function testUnitesTheTags() public {
        o.app.tag = bytes32(uint256(0x101));
        o.dataset.tag = bytes32(uint256(0x203));
        o.request.tag = bytes32(uint256(0x401));
        o.pool.tag = bytes32(uint256(0xf01));

        DealId dealid = matchThem(signed(o));

        vm.assertEq(hub.viewDeal(dealid).tag, bytes32(uint256(0x701)), "tag");
    }

    function testRefusesAnotherAppOrDataset() public {
        o.request.app = address(1);
        _refused("10");
        o.request.app = app;
        o.request.dataset = address(0);
        _refused("11");
    }

    function testRefusesEachRestriction() public {
        address other = address(0xdead);
        o.request.workerpool = other;
        _refused("12");
        o.request.workerpool = pool;
        o.app.datasetrestrict = other;
        _refused("13");
        o.app.datasetrestrict = dataset;
        o.app.workerpoolrestrict = other;
        _refused("14");
        o.app.workerpoolrestrict = pool;
        o.app.requesterrestrict = other;
        _refused("15");
        o.app.requesterrestrict = requester;
        o.dataset.apprestrict = other;
        _refused("16");
        o.dataset.apprestrict = app;
        o.dataset.workerpoolrestrict = other;
        _refused("17");
        o.dataset.workerpoolrestrict = pool;
        o.dataset.requesterrestrict = other;
        _refused("18");
        o.dataset.requesterrestrict = requester;
        o.pool.apprestrict = other;
        _refused("19");
        o.pool.apprestrict = app;
        o.pool.datasetrestrict = other;
        _refused("1a");
        o.pool.datasetrestrict = dataset;
        o.pool.requesterrestrict = other;
        _refused("1b");
        o.pool.requesterrestrict = requester;
        matchThem(signed(o));
    }

    function testAGroupAllowsItsMembersOnly() public {
        ListGroup group = new ListGroup();
        o.dataset.requesterrestrict = address(group);
        _refused("18");

        group.add(requester);

        matchThem(signed(o));
    }

    function testAGroupThatMisbehavesRefuses() public {
        o.request.workerpool = address(new RevertingGroup());
        _refused("12");
        o.request.workerpool = address(new TalkativeGroup());
        _refused("12");
        o.request.workerpool = address(new MuteGroup());
        _refused("12");
    }

    function testRefusesUnregisteredResources() public {
        address stranger = address(new ListGroup());
        o.app.app = o.request.app = stranger;
        _refused("20");
        o.app.app = o.request.app = app;
        o.dataset.dataset = o.request.dataset = stranger;
        _refused("30");
        o.dataset.dataset = o.request.dataset = dataset;
        o.pool.workerpool = stranger;
        _refused("40");
    }

    function testRefusesASignatureOfSomebodyElse() public {
        Orders memory orders = signed(o);
        bytes memory good = orders.app.sign;
        orders.app.sign = sign(REQUESTER_KEY, hasher.ofApp(orders.app));
        _refusedAsIs(orders, "21");
        orders.app.sign = good;
        good = orders.dataset.sign;
        orders.dataset.sign = sign(REQUESTER_KEY, hasher.ofDataset(orders.dataset));
        _refusedAsIs(orders, "31");
        orders.dataset.sign = good;
        good = orders.pool.sign;
        orders.pool.sign = sign(REQUESTER_KEY, hasher.ofPool(orders.pool));
        _refusedAsIs(orders, "41");
        orders.pool.sign = good;
        orders.request.sign = sign(APP_OWNER_KEY, hasher.ofRequest(orders.request));
        _refusedAsIs(orders, "50");
    }

    function testRefusesWhenAnOrderIsUsedUp() public {
        matchThem(signed(o));

        _refused("60");
    }

    function testRefusesAVolumeOfZero() public {
        o.pool.volume = 0;

        _refused("60");
    }

    function testRefusesWithoutEnoughStake() public {
        vm.prank(requester);
        hub.withdraw(DEPOSIT - 1);
        Orders memory orders = signed(o);

        vm.expectRevert(
            abi.encodeWithSelector(
                IHubDeposits.StakeTooLow.selector,
                requester,
                1,
                3 * (APP_PRICE + DATASET_PRICE + POOL_PRICE)
            )
        );
        matchThem(orders);
    }

    function testRefusesAPoolOwnerWithoutStake() public {
        vm.prank(poolOwner);
        hub.withdraw(DEPOSIT);
        Orders memory orders = signed(o);

        vm.expectRevert(
            abi.encodeWithSelector(IHubDeposits.StakeTooLow.selector, poolOwner, 0, 3 * POOL_STAKE)
        );
        matchThem(orders);
    }

    function testRefusesValuesThatDoNotFit() public {
        o.app.appprice = o.request.appmaxprice = uint256(type(uint96).max) + 1;
        _tooWide("appprice", type(uint96).max);
        o.app.appprice = 0;
        o.dataset.datasetprice = o.request.datasetmaxprice = uint256(type(uint96).max) + 1;
        _tooWide("datasetprice", type(uint96).max);
        o.dataset.datasetprice = 0;
        o.pool.workerpoolprice = o.request.workerpoolmaxprice = uint256(type(uint96).max) + 1;
        _tooWide("workerpoolprice", type(uint96).max);
        o.pool.workerpoolprice = 0;
        o.request.trust = o.pool.trust = uint256(type(uint64).max) + 1;
        _tooWide("trust", type(uint64).max);
        o.request.trust = 1;
        o.app.volume = uint256(type(uint96).max) + 1;
        _tooWide("volume", type(uint96).max);
        o.app.volume = o.request.volume = uint256(type(uint64).max) + 1;
        o.dataset.volume = o.pool.volume = o.app.volume;
        _tooWide("volume", type(uint64).max);
    }

    function testRecordsTheDeal() public {
        o.request.beneficiary = address(0xbe);
        o.request.callback = address(0xca);
        Orders memory orders = signed(o);

        DealId dealid = matchThem(orders);

        Deal memory deal = hub.viewDeal(dealid);
        vm.assertEq(deal.app.pointer, app, "app");
        vm.assertEq(deal.app.owner, appOwner, "app owner");
        vm.assertEq(deal.app.price, APP_PRICE, "app price");
        vm.assertEq(deal.dataset.pointer, dataset, "dataset");
        vm.assertEq(deal.dataset.owner, datasetOwner, "dataset owner");
        vm.assertEq(deal.dataset.price, DATASET_PRICE, "dataset price");
        vm.assertEq(deal.workerpool.pointer, pool, "pool");
        vm.assertEq(deal.workerpool.owner, poolOwner, "pool owner");
        vm.assertEq(deal.workerpool.price, POOL_PRICE, "pool price");
        vm.assertEq(deal.trust, 1, "trust");
        vm.assertEq(deal.category, 0, "category");
        vm.assertEq(deal.requester, requester, "requester");
        vm.assertEq(deal.beneficiary, address(0xbe), "beneficiary");
        vm.assertEq(deal.callback, address(0xca), "callback");
        vm.assertEq(deal.params, o.request.params, "params");
        vm.assertEq(deal.startTime, block.timestamp, "startTime");
        vm.assertEq(deal.botFirst, 0, "botFirst");
        vm.assertEq(deal.botSize, 3, "botSize");
        vm.assertEq(deal.workerStake, WORKER_STAKE, "workerStake");
        vm.assertEq(deal.schedulerRewardRatio, 1, "schedulerRewardRatio");
        vm.assertEq(deal.sponsor, requester, "sponsor");
    }

    function testEmitsNoticeAndMatch() public {
        Orders memory orders = signed(o);
        bytes32 requestHash = hasher.ofRequest(orders.request);
        DealId dealid = DealId.wrap(keccak256(abi.encode(requestHash, uint256(0))));

        vm.expectEmit(address(hub));
        emit IHubMarket.SchedulerNotice(pool, dealid);
        vm.expectEmit(address(hub));
        emit IHubMarket.OrdersMatched(
            dealid,
            hasher.ofApp(orders.app),
            hasher.ofDataset(orders.dataset),
            hasher.ofPool(orders.pool),
            requestHash,
            3
        );
        DealId found = matchThem(orders);
        vm.assertEq(DealId.unwrap(found), DealId.unwrap(dealid), "dealid");
    }

    function testLocksPriceAndPoolStake() public {
        matchThem(signed(o));

        uint256 price = 3 * (APP_PRICE + DATASET_PRICE + POOL_PRICE);
        vm.assertEq(stakeOf(requester), DEPOSIT - price, "requester's stake");
        vm.assertEq(lockedOf(requester), price, "requester's lock");
        vm.assertEq(stakeOf(poolOwner), DEPOSIT - 3 * POOL_STAKE, "pool owner's stake");
        vm.assertEq(lockedOf(poolOwner), 3 * POOL_STAKE, "pool owner's lock");
        vm.assertEq(hub.balanceOf(address(hub)), price + 3 * POOL_STAKE, "sum of locks");
    }

    function testRoundsThePoolStakeDownPerTask() public {
        o.pool.workerpoolprice = 3;

        matchThem(signed(o));

        vm.assertEq(lockedOf(poolOwner), 0, "3 * 30 / 100 is 0, three times");
    }

    function testMatchesWhatAllOrdersHaveLeftAndGoesOn() public {
        o.pool.volume = 2;
        DealId first = matchThem(signed(o));
        o.pool.salt = nextSalt();
        DealId second = matchThem(signed(o));

        vm.assertEq(hub.viewDeal(first).botSize, 2, "first size");
        vm.assertEq(hub.viewDeal(second).botFirst, 2, "second first");
        vm.assertEq(hub.viewDeal(second).botSize, 1, "second size");
        vm.assertEq(hub.viewConsumed(hasher.ofRequest(o.request)), 3, "request consumed");
        vm.assertEq(hub.viewConsumed(hasher.ofApp(o.app)), 3, "app consumed");
        vm.assertEq(hub.viewConsumed(hasher.ofDataset(o.dataset)), 3, "dataset consumed");
        vm.assertEq(hub.viewConsumed(hasher.ofPool(o.pool)), 1, "second pool order consumed");
    }

    function testADealWithoutDatasetPaysAndConsumesNone() public {
        Orders memory orders = standardOrders();
        orders.dataset.datasetprice = DATASET_PRICE;
        orders.request.datasetmaxprice = DATASET_PRICE;

        DealId dealid = matchThem(signed(orders));

        vm.assertEq(hub.viewDeal(dealid).dataset.price, 0, "price");
        vm.assertEq(hub.viewConsumed(hasher.ofDataset(orders.dataset)), 0, "consumed");
        vm.assertEq(lockedOf(requester), APP_PRICE + POOL_PRICE, "locked");
    }

    function testTrustZeroCountsAsOne() public {
        o.request.trust = 0;

        DealId dealid = matchThem(signed(o));

        vm.assertEq(hub.viewDeal(dealid).trust, 1, "trust");
    }

    function testASponsorPays() public {
        address sponsor = address(0x5b);
        _fund(sponsor);
        Orders memory orders = signed(o);
        bytes32 requestHash = hasher.ofRequest(orders.request);
        DealId dealid = DealId.wrap(keccak256(abi.encode(requestHash, uint256(0))));

        vm.expectEmit(address(hub));
        emit IHubMarket.DealSponsored(dealid, sponsor);
        vm.prank(sponsor);
        hub.sponsorMatchOrders(orders.app, orders.dataset, orders.pool, orders.request);

        vm.assertEq(hub.viewDeal(dealid).sponsor, sponsor, "sponsor");
        vm.assertEq(
            lockedOf(sponsor), 3 * (APP_PRICE + DATASET_PRICE + POOL_PRICE), "sponsor's lock"
        );
        vm.assertEq(lockedOf(requester), 0, "requester's lock");
    }

    function testTheMatchMayTransferAResourceInBetween() public {
        vm.prank(appOwner);
        appRegistry.transferFrom(appOwner, requester, uint256(uint160(app)));
        _refused("21");

        o.app.sign = sign(REQUESTER_KEY, hasher.ofApp(o.app));
        Orders memory orders = signed(o);
        orders.app.sign = o.app.sign;
        DealId dealid = matchThem(orders);

        vm.assertEq(hub.viewDeal(dealid).app.owner, requester, "new owner");
    }

    function testKeepsLongParams() public {
        bytes memory params = new bytes(20_000);
        for (uint256 i = 0; i < params.length; i += 97) {
            params[i] = 0xfe;
        }
        o.request.params = string(params);

        DealId dealid = matchThem(signed(o));

        vm.assertEq(keccak256(bytes(hub.viewDeal(dealid).params)), keccak256(params), "params");
    }

    function testRefusesParamsThatNoCodeCanHold() public {
        o.request.params = string(new bytes(24_576));
        Orders memory orders = signed(o);

        vm.expectPartialRevert(bytes4(keccak256("DataTooLong(uint256,uint256)")));
        matchThem(orders);
    }

    function _refused(string memory code) private {
        _refusedAsIs(signed(o), code);
    }

    function _refusedAsIs(Orders memory orders, string memory code) private {
        vm.expectRevert(bytes(string.concat("iExecV5-matchOrders-0x", code)));
        matchThem(orders);
    }

    function _tooWide(string memory field, uint256 max) private {
        Orders memory orders = signed(o);
        vm.expectRevert(
            abi.encodeWithSelector(IHubMarket.ValueTooWide.selector, field, max + 1, max)
        );
        matchThem(orders);
    }
}
