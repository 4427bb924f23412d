// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {ChessPositions} from "./ChessPositions.sol";
import {PlainChess} from "./PlainChess.sol";

/// @title The mate test in Solidity agrees with the chess app
contract PlainChessTest is ChessPositions {
    uint256 private constant OUTCOMES = 3;

    PlainChess private immutable _chess = new PlainChess();

    function testKnownPositions() public view {
        uint256[OUTCOMES] memory counts = _check("known");
        vm.assertGe(counts[0], 10, "neither");
        vm.assertGe(counts[1], 20, "mates");
        vm.assertGe(counts[2], 20, "stalemates");
    }

    function testRandomPositions() public view {
        uint256[OUTCOMES] memory counts = _check("random");
        vm.assertGe(counts[0], 100, "neither");
        vm.assertGe(counts[1], 20, "mates");
        vm.assertGe(counts[2], 20, "stalemates");
    }

    function testScriptedGamesEndInMate() public view {
        vm.assertGe(_check("games")[1], 2, "mates");
    }

    function _check(string memory group) private view returns (uint256[OUTCOMES] memory counts) {
        Positions memory positions = read(group);
        for (uint256 i = 0; i < positions.boards.length; ++i) {
            uint8 outcome = _chess.outcome(positions.boards[i], positions.states[i]);
            vm.assertEq(outcome, positions.outcomes[i], positions.names[i]);
            ++counts[outcome];
        }
    }
}
