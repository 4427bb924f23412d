// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import "../../src/interfaces/HubTypes.sol";
import {Asker} from "../../kit/examples/Asker.sol";
import {KitFixture} from "../kit/KitFixture.sol";

/// @title A contract's call of one function with two words of arguments, from question to answer
/// @notice Separate transactions; the contract asked before, and the answer's slots are fresh.
/// forge-config: default.isolate = true
contract GasKitTest is KitFixture {
    bytes private constant TWO_WORDS = abi.encodeWithSelector(0x01234567, uint256(1), uint256(2));

    Asker private _asker;
    string private _scenario;
    uint256 private _sum;

    function setUp() public override {
        super.setUp();
        _asker = Asker(vm.deployCode("Asker.sol:Asker", abi.encode(hub, app, 1)));
        vm.startPrank(admin);
        ruc.approve(address(_asker), 10 * BUDGET);
        _asker.deposit(10 * BUDGET);
        vm.stopPrank();
        _asker.ask(TWO_WORDS, BUDGET, block.timestamp + 1 days);
        matchOpen(broadcastOrder());
    }

    function testOffers() public {
        _scenario = "kit-call-with-offers";
        _answered(_askWithOffers());
    }

    function testOpen() public {
        _scenario = "kit-open-call";
        RequestOrder memory order = _ask();
        DealId dealid = matchOpen(order);
        _record("matchOrders");
        _answered(dealid);
    }

    function testPokes() public {
        _scenario = "kit-poke";
        RequestOrder memory unmatched = _ask();
        bytes32 id = taskOf(matchOpen(_ask()));
        vm.warp(block.timestamp + 1 days);
        _asker.pokeUnmatched(unmatched);
        _record("pokeUnmatched");
        _asker.poke(id);
        _record("poke, never initialized");
    }

    function _askWithOffers() private returns (DealId) {
        (AppOrder memory appOffer, WorkerpoolOrder memory poolOffer) = offers();
        _asker.askWith(TWO_WORDS, BUDGET, block.timestamp + 1 days, appOffer, poolOffer);
        _record("call");
        return lastDeal();
    }

    function _ask() private returns (RequestOrder memory) {
        _asker.ask(TWO_WORDS, BUDGET, block.timestamp + 1 days);
        _record("call");
        return broadcastOrder();
    }

    function _answered(DealId dealid) private {
        bytes32 digest = keccak256(ANSWER);
        TaskId taskid = hub.initialize(dealid, 0);
        _record("initialize");
        contribute(worker(0), taskid, digest);
        _record("contribute");
        reveal(worker(0), taskid, digest);
        _record("reveal");
        finish(dealid, ANSWER);
        _record("finalize");
        vm.assertEq(_asker.answers(TaskId.unwrap(taskid)), ANSWER, "answered");
        vm.snapshotValue(_scenario, "sum", _sum);
    }

    function _record(string memory name) private {
        (, uint64 used,,,) = vm.lastCallGas();
        _sum += used;
        vm.snapshotValue(_scenario, name, used);
    }
}
