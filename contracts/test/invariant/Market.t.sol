// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import "../../src/interfaces/HubTypes.sol";
import {IHub} from "../../src/interfaces/IHub.sol";
import {TestBase} from "../base/TestBase.sol";
import {MarketHandler} from "./MarketHandler.sol";
import {NativeMarketHandler} from "./NativeMarketHandler.sol";

/// @title What holds after every sequence of legal moves, whatever deposits are made of
abstract contract MarketInvariants is TestBase {
    MarketHandler private _market;
    IHub private _hub;
    mapping(address => uint256) private _owed;
    address[] private _accounts;

    function setUp() public {
        _market = _newMarket();
        _hub = _market.theHub();
        for (uint256 i = 0; i < _market.countActors(); ++i) {
            _accounts.push(_market.actors(i));
        }
        _accounts.push(_hub.kitty_address());
        _target(address(_market), _moves());
    }

    /// @dev Guards the campaign itself: its moves really get tasks to every kind of end.
    function testTheMovesReachEveryEnd() public {
        bytes4[] memory moves = _moves();
        for (uint256 i = 0; i < 2500; ++i) {
            uint256 move = uint256(keccak256(abi.encode("move", i))) % moves.length;
            bytes32 seed = keccak256(abi.encode("seed", i));
            uint256 flag = uint256(seed) >> 255;
            (bool success,) =
                address(_market).call(abi.encodePacked(moves[move], seed, seed >> 7, flag));
            vm.assertTrue(success, "a legal move");
        }
        _checkHoldings();
        _checkLocks();
        _checkScores();
        for (uint256 i = 0; i < 4; ++i) {
            vm.assertGe(_market.reached(i), 1, vm.toString(i));
        }
    }

    /// @dev One function, because forge plays a whole campaign for each.
    function invariant_TheBooksBalance() public {
        _checkHoldings();
        _checkLocks();
        _checkEnds();
        _checkProofs();
        _checkScores();
        _checkVolumes();
    }

    /// @dev Nothing is ever stuck: after the last deadline every task can be ended, and then only the
    /// kitty is locked.
    function afterInvariant() public {
        vm.warp(block.timestamp + 10 * 300);
        for (uint256 i = 0; i < _market.countDeals(); ++i) {
            DealId dealid = _market.deals(i);
            Deal memory deal = _hub.viewDeal(dealid);
            for (uint256 j = 0; j < deal.botSize; ++j) {
                _end(dealid, deal.botFirst + j);
            }
        }
        uint256 locked = _hub.balanceOf(address(_hub));
        vm.assertEq(locked, _hub.frozenOf(_hub.kitty_address()), "only the kitty is locked");
    }

    function _newMarket() internal virtual returns (MarketHandler);

    /// @dev Money held = deposits + what was sent directly; deposits = all stakes; the hub's own stake
    /// = all locks.
    function _checkHoldings() private view {
        uint256 stakes = _hub.balanceOf(address(_hub));
        uint256 locks = 0;
        for (uint256 i = 0; i < _accounts.length; ++i) {
            stakes += _hub.balanceOf(_accounts[i]);
            locks += _hub.frozenOf(_accounts[i]);
        }
        uint256 booked = _hub.totalSupply() * _market.unit();
        vm.assertEq(_market.held(), booked + _market.stray(), "money held");
        vm.assertEq(stakes, _hub.totalSupply(), "sum of stakes");
        vm.assertEq(locks, _hub.balanceOf(address(_hub)), "sum of locks");
    }

    /// @dev Each lock is exactly what running deals and tasks ask for, recomputed from the views.
    function _checkLocks() private {
        for (uint256 i = 0; i < _accounts.length; ++i) {
            _owed[_accounts[i]] = 0;
        }
        _owed[_hub.kitty_address()] = _market.kitty();
        for (uint256 i = 0; i < _market.countDeals(); ++i) {
            _addDeal(_market.deals(i));
        }
        for (uint256 i = 0; i < _accounts.length; ++i) {
            vm.assertEq(_hub.frozenOf(_accounts[i]), _owed[_accounts[i]], "lock");
        }
    }

    function _checkScores() private view {
        for (uint256 i = 0; i < _accounts.length; ++i) {
            vm.assertEq(_hub.viewScore(_accounts[i]), _market.score(_accounts[i]), "score");
        }
    }

    /// @dev A deal never runs a task more than was bought.
    function _checkVolumes() private {
        for (uint256 i = 0; i < _market.countDeals(); ++i) {
            DealId dealid = _market.deals(i);
            Deal memory deal = _hub.viewDeal(dealid);
            try _hub.initialize(dealid, deal.botFirst + deal.botSize) {
                vm.assertTrue(false, "one task too many");
            } catch {}
        }
    }

    function _checkEnds() private view {
        for (uint256 i = 0; i < _market.countTasks(); ++i) {
            TaskStatus end = _market.endOf(_market.tasks(i));
            if (end == TaskStatus.UNSET) continue;
            TaskStatus status = _hub.viewTask(_market.tasks(i)).status;
            vm.assertEq(uint256(status), uint256(end), "status");
        }
    }

    /// @dev A revealed result is the one that the winners committed to, and only winners are proved.
    function _checkProofs() private view {
        for (uint256 i = 0; i < _market.countTasks(); ++i) {
            TaskId taskid = _market.tasks(i);
            Task memory task = _hub.viewTask(taskid);
            uint256 proved = 0;
            for (uint256 j = 0; j < task.contributors.length; ++j) {
                Contribution memory found = _hub.viewContribution(taskid, task.contributors[j]);
                if (found.status != ContributionStatus.PROVED) continue;
                ++proved;
                vm.assertEq(found.resultHash, task.consensusValue, "proved another result");
            }
            vm.assertEq(proved, task.revealCounter, "reveals");
            vm.assertLe(task.revealCounter, task.winnerCounter, "winners");
            if (task.revealCounter == 0) continue;
            bytes32 hash = keccak256(abi.encode(taskid, task.resultDigest));
            vm.assertEq(hash, task.consensusValue, "digest");
        }
    }

    function _end(DealId dealid, uint256 idx) private {
        TaskId taskid = TaskId.wrap(keccak256(abi.encode(dealid, idx)));
        TaskStatus status = _hub.viewTask(taskid).status;
        if (status == TaskStatus.UNSET) _hub.initialize(dealid, idx);
        if (status == TaskStatus.COMPLETED || status == TaskStatus.FAILED) return;
        _hub.claim(taskid);
    }

    function _addDeal(DealId dealid) private {
        Deal memory deal = _hub.viewDeal(dealid);
        uint256 price = deal.app.price + deal.dataset.price + deal.workerpool.price;
        for (uint256 i = 0; i < deal.botSize; ++i) {
            TaskId taskid = TaskId.wrap(keccak256(abi.encode(dealid, deal.botFirst + i)));
            Task memory task = _hub.viewTask(taskid);
            if (task.status == TaskStatus.COMPLETED || task.status == TaskStatus.FAILED) continue;
            _owed[deal.sponsor] += price;
            _owed[deal.workerpool.owner] += deal.workerpool.price * 30 / 100;
            for (uint256 j = 0; j < task.contributors.length; ++j) {
                _owed[task.contributors[j]] += deal.workerStake;
            }
        }
    }

    function _moves() private pure returns (bytes4[] memory moves) {
        moves = new bytes4[](14);
        moves[0] = MarketHandler.deposit.selector;
        moves[1] = MarketHandler.withdraw.selector;
        moves[2] = MarketHandler.transfer.selector;
        moves[3] = MarketHandler.sendDirectly.selector;
        moves[4] = MarketHandler.recover.selector;
        moves[5] = MarketHandler.matchOrders.selector;
        moves[6] = MarketHandler.initialize.selector;
        moves[7] = MarketHandler.contributeTo.selector;
        moves[8] = MarketHandler.contributeAlone.selector;
        moves[9] = MarketHandler.revealOne.selector;
        moves[10] = MarketHandler.finalizeOne.selector;
        moves[11] = MarketHandler.reopen.selector;
        moves[12] = MarketHandler.claim.selector;
        moves[13] = MarketHandler.wait.selector;
    }
}

contract MarketInvariantTest is MarketInvariants {
    function _newMarket() internal override returns (MarketHandler) {
        return new MarketHandler();
    }
}

/// @dev Deposits in the chain's own coin: 1 unit of the books = 1e9 wei.
/// forge-config: ci.invariant.runs = 250
contract NativeMarketInvariantTest is MarketInvariants {
    function _newMarket() internal override returns (MarketHandler) {
        return new NativeMarketHandler();
    }
}
