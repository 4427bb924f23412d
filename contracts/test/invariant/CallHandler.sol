// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import "../../src/interfaces/HubTypes.sol";
import {FailureCode} from "../../kit/Failures.sol";
import {Dapp} from "../kit/Dapps.sol";
import {KitFixture} from "../kit/KitFixture.sol";

/// @title Random but legal moves around a calling contract: its users, pools, pokers and the clock
/// @notice A move that is not legal now does nothing, so a revert is a defect.
contract CallHandler is KitFixture {
    uint256 private constant MAX_CALLS = 40;

    /// @dev What must be so. `price` is what the match bound, zero before.
    struct Expected {
        RequestOrder order;
        DealId dealid;
        uint256 budget;
        uint256 bounty;
        uint256 price;
        uint256 contributeUntil;
        uint256 due;
        bool isMatched;
        bool isServed;
        bool isEnded;
    }

    bytes32[] public ids;
    uint256 public deposited;
    uint256 public withdrawn;
    uint256 public spent;
    uint256 public bounties;
    /// @notice How often a call was answered, failed by the app, refused and poked, missed,
    /// unmatched.
    uint256[5] public reached;
    mapping(bytes32 id => Expected) private _expected;

    constructor() {
        setUp();
        deposited = 10 * BUDGET;
    }

    function countCalls() external view returns (uint256) {
        return ids.length;
    }

    function parts() external view returns (Dapp, address, address, address) {
        return (dapp, address(hub), address(ruc), POKER);
    }

    function expectedOf(bytes32 id) external view returns (Expected memory) {
        return _expected[id];
    }

    function deposit(uint256 amount) external {
        amount = bound(amount, 0, BUDGET);
        vm.startPrank(admin);
        ruc.mint(admin, amount);
        ruc.approve(address(dapp), amount);
        vm.stopPrank();
        dapp.depositFrom(admin, amount);
        deposited += amount;
    }

    function withdraw(uint256 amount) external {
        amount = bound(amount, 0, dapp.available() / 4);
        dapp.withdraw(amount, admin);
        withdrawn += amount;
    }

    function setMood(bool isFine) external {
        dapp.setMood(isFine ? Dapp.Mood.FINE : Dapp.Mood.REFUSES);
    }

    function ask(uint256 budget, uint256 time) external {
        budget = bound(budget, 0, BUDGET);
        if (ids.length == MAX_CALLS || dapp.available() < budget) return;
        uint256 deadline = block.timestamp + bound(time, 50, 4000);
        bytes32 id = dapp.ask(ARGS, budget, deadline);
        _book(id, budget, budget / 20).order = broadcastOrder();
    }

    function askWithOffers(uint256 budget, uint256 price) external {
        budget = bound(budget, 0, BUDGET);
        if (ids.length == MAX_CALLS || dapp.available() < budget) return;
        uint256 bounty = budget / 20;
        price = bound(price, 0, (budget - bounty) / 2);
        (AppOrder memory appOffer, WorkerpoolOrder memory poolOffer) = offersAt(price, price);
        bytes32 id = dapp.askWith(ARGS, budget, block.timestamp + 3000, appOffer, poolOffer);
        _match(_book(id, budget, bounty), 2 * price, 300);
    }

    function matchOpenOne(uint256 seed, uint256 appPrice, uint256 poolPrice) external {
        (bool found, bytes32 id) = _pick(seed, _isUnmatched);
        if (!found) return;
        Expected storage call = _expected[id];
        appPrice = bound(appPrice, 0, call.order.appmaxprice);
        poolPrice = bound(poolPrice, 0, call.order.workerpoolmaxprice);
        (AppOrder memory appOffer, WorkerpoolOrder memory poolOffer) = offersAt(appPrice, poolPrice);
        poolOffer.category = call.order.category;
        poolOffer.sign = sign(POOL_OWNER_KEY, hasher.ofPool(poolOffer));
        hub.matchOrders(appOffer, noDataset(), poolOffer, call.order);
        uint256 timeref = hub.viewCategory(call.order.category).workClockTimeRef;
        _match(call, appPrice + poolPrice, timeref);
    }

    function answer(uint256 seed) external {
        _serve(seed, ANSWER, 0);
    }

    function fail(uint256 seed) external {
        _serve(seed, failureOf(FailureCode.EXIT, "EXIT 1"), 1);
    }

    function poke(uint256 seed) external {
        if (dapp.mood() != Dapp.Mood.FINE) return;
        (bool found, bytes32 id) = _pick(seed, _isPokeable);
        if (!found) return;
        vm.prank(POKER);
        dapp.poke(id);
        _payBounty(id, _expected[id].isServed ? 2 : 3);
    }

    function pokeUnmatched(uint256 seed) external {
        if (dapp.mood() != Dapp.Mood.FINE) return;
        (bool found, bytes32 id) = _pick(seed, _isClosable);
        if (!found) return;
        vm.prank(POKER);
        dapp.pokeUnmatched(_expected[id].order);
        _payBounty(id, 4);
    }

    function retry(uint256 seed) external {
        if (dapp.mood() != Dapp.Mood.FINE) return;
        (bool found, bytes32 id) = _pick(seed, _isServed);
        if (!found) return;
        hub.retryCallback(TaskId.wrap(id));
        _expected[id].isEnded = true;
    }

    function wait(uint256 seed) external {
        vm.warp(block.timestamp + (seed % 8 == 0 ? bound(seed, 1, 3500) : seed % 20));
    }

    function _serve(uint256 seed, bytes memory callbackData, uint256 kind) private {
        (bool found, bytes32 id) = _pick(seed, _isRunning);
        if (!found) return;
        Expected storage call = _expected[id];
        vote(call.dealid, callbackData);
        finish(call.dealid, callbackData);
        call.isServed = true;
        spent += call.price;
        call.isEnded = dapp.mood() == Dapp.Mood.FINE;
        if (call.isEnded) ++reached[kind];
    }

    function _book(bytes32 id, uint256 budget, uint256 bounty)
        private
        returns (Expected storage call)
    {
        ids.push(id);
        call = _expected[id];
        (call.budget, call.bounty) = (budget, bounty);
    }

    function _match(Expected storage call, uint256 price, uint256 timeref) private {
        call.isMatched = true;
        call.dealid = lastDeal();
        call.price = price;
        call.contributeUntil = block.timestamp + 7 * timeref;
        call.due = block.timestamp + 10 * timeref;
    }

    function _payBounty(bytes32 id, uint256 kind) private {
        _expected[id].isEnded = true;
        bounties += _expected[id].bounty;
        ++reached[kind];
    }

    /// @dev The first call for which a move is legal, from a random place on.
    function _pick(uint256 seed, function(Expected storage) view returns (bool) isLegal)
        private
        view
        returns (bool, bytes32)
    {
        for (uint256 i = 0; i < ids.length; ++i) {
            bytes32 id = ids[(seed % ids.length + i) % ids.length];
            if (!_expected[id].isEnded && isLegal(_expected[id])) return (true, id);
        }
        return (false, 0);
    }

    /// @dev One open call in four is to nobody's liking.
    function _isUnmatched(Expected storage call) private view returns (bool) {
        return !call.isMatched && uint256(call.order.salt) % 4 != 0;
    }

    function _isClosable(Expected storage call) private view returns (bool) {
        (,, uint256 matchUntil) =
            dapp.viewCall(taskOf(DealId.wrap(taskOf(DealId.wrap(hasher.ofRequest(call.order))))));
        return !call.isMatched && block.timestamp > matchUntil;
    }

    /// @dev The pool of one call in four never answers.
    function _isRunning(Expected storage call) private view returns (bool) {
        if (uint256(DealId.unwrap(call.dealid)) % 4 == 0) return false;
        return call.isMatched && !call.isServed && block.timestamp < call.contributeUntil;
    }

    function _isServed(Expected storage call) private view returns (bool) {
        return call.isServed;
    }

    function _isPokeable(Expected storage call) private view returns (bool) {
        return call.isServed || (call.isMatched && block.timestamp >= call.due);
    }
}
