// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import "../../src/interfaces/HubTypes.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IHub} from "../../src/interfaces/IHub.sol";
import {TestBase} from "../base/TestBase.sol";
import {Dapp} from "../kit/Dapps.sol";
import {CallHandler} from "./CallHandler.sol";

/// @title What holds for a calling contract after every sequence of legal moves
/// forge-config: ci.invariant.runs = 250
contract CallsInvariantTest is TestBase {
    CallHandler private _world;
    Dapp private _dapp;
    IHub private _hub;
    IERC20 private _token;
    address private _poker;

    function setUp() public {
        _world = new CallHandler();
        address hub;
        address token;
        (_dapp, hub, token, _poker) = _world.parts();
        (_hub, _token) = (IHub(hub), IERC20(token));
        _target(address(_world), _moves());
    }

    /// @dev Guards the campaign itself: calls really get to every kind of end.
    function testTheMovesReachEveryEnd() public {
        bytes4[] memory moves = _moves();
        for (uint256 round = 0; round < 4; ++round) {
            for (uint256 i = 0; i < 500; ++i) {
                uint256 move = uint256(keccak256(abi.encode(round, i))) % moves.length;
                bytes32 seed = keccak256(abi.encode("seed", round, i));
                bytes memory call = abi.encodePacked(moves[move], seed, seed >> 3, seed >> 7);
                if (moves[move] == CallHandler.setMood.selector) {
                    call = abi.encodePacked(moves[move], uint256(seed) % 2);
                }
                (bool success,) = address(_world).call(call);
                vm.assertTrue(success, "a legal move");
            }
            _checkAll();
        }
        for (uint256 i = 0; i < 5; ++i) {
            vm.assertGe(_world.reached(i), 1, vm.toString(i));
        }
    }

    function invariant_TheCallsBalance() public view {
        _checkAll();
    }

    /// @dev Nothing is ever stuck: after the last deadline every call can be ended by anybody, and
    /// then the whole deposit is free.
    function afterInvariant() public {
        _world.setMood(true);
        vm.warp(block.timestamp + 10_000);
        for (uint256 i = 0; i < _world.countCalls(); ++i) {
            _world.poke(i);
            _world.pokeUnmatched(i);
        }
        for (uint256 i = 0; i < _world.countCalls(); ++i) {
            (bool isOpen,,) = _dapp.viewCall(_world.ids(i));
            vm.assertFalse(isOpen, "every call ends");
        }
        _checkAll();
        vm.assertEq(_hub.balanceOf(address(_dapp)), _dapp.available(), "all is free");
        vm.assertEq(_hub.frozenOf(address(_dapp)), 0, "nothing is locked");
    }

    function _checkAll() private view {
        _checkMoney();
        _checkCalls();
    }

    /// @dev Deposit = what came in, less what went out, less prices of served calls and bounties.
    function _checkMoney() private view {
        uint256 free = _hub.balanceOf(address(_dapp));
        uint256 locked = _hub.frozenOf(address(_dapp));
        uint256 gone = _world.withdrawn() + _world.spent() + _world.bounties();
        vm.assertEq(free + locked, _world.deposited() - gone, "deposit");
        vm.assertEq(_token.balanceOf(address(_dapp)), 0, "no tokens beside the deposit");
        vm.assertEq(_token.balanceOf(_poker), _world.bounties(), "bounties");
    }

    /// @dev A call ends once, as expected; what open calls may still cost is there.
    function _checkCalls() private view {
        uint256 reserved = 0;
        uint256 needed = 0;
        uint256 locks = 0;
        for (uint256 i = 0; i < _world.countCalls(); ++i) {
            bytes32 id = _world.ids(i);
            CallHandler.Expected memory call = _world.expectedOf(id);
            Dapp.Heard memory heard = _dapp.heard(id);
            (bool isOpen, uint256 bounty,) = _dapp.viewCall(id);
            vm.assertEq(
                heard.answers + heard.failures, call.isEnded ? 1 : 0, "told once, at the end"
            );
            vm.assertTrue(isOpen != call.isEnded, "open until then");
            if (call.isEnded) continue;
            vm.assertEq(bounty, call.bounty, "bounty");
            vm.assertLe(bounty + call.price, call.budget, "within the budget");
            reserved += call.budget;
            needed += call.isMatched ? call.bounty : call.budget;
            if (call.isMatched && !call.isServed) locks += call.price;
        }
        uint256 free = _hub.balanceOf(address(_dapp));
        vm.assertEq(_hub.frozenOf(address(_dapp)), locks, "locked");
        vm.assertGe(free, needed, "open calls are covered");
        uint256 total = free + locks;
        vm.assertEq(_dapp.available(), total > reserved ? total - reserved : 0, "available");
    }

    function _moves() private pure returns (bytes4[] memory moves) {
        moves = new bytes4[](12);
        moves[0] = CallHandler.deposit.selector;
        moves[1] = CallHandler.withdraw.selector;
        moves[2] = CallHandler.setMood.selector;
        moves[3] = CallHandler.ask.selector;
        moves[4] = CallHandler.askWithOffers.selector;
        moves[5] = CallHandler.matchOpenOne.selector;
        moves[6] = CallHandler.answer.selector;
        moves[7] = CallHandler.fail.selector;
        moves[8] = CallHandler.poke.selector;
        moves[9] = CallHandler.pokeUnmatched.selector;
        moves[10] = CallHandler.retry.selector;
        moves[11] = CallHandler.wait.selector;
    }
}
