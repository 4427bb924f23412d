// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {ChessPositions} from "./ChessPositions.sol";
import {PlainChess} from "./PlainChess.sol";

/// @title Gas of the mate test on chain, called by a contract; asking the grid is the other way
/// @dev Only the call: what a transaction costs before it runs any code comes on top.
contract PlainChessGasTest is ChessPositions {
    string private constant SCENARIO = "chess-in-solidity";

    function testGas() public {
        PlainChess chess = new PlainChess();
        _snapshot(chess, "known", 1, "mate");
        _snapshot(chess, "known", 2, "stalemate");
        _snapshot(chess, "random", 0, "neither");
        _snapshotGames(chess);
    }

    function _snapshot(PlainChess chess, string memory group, uint256 outcome, string memory name)
        private
    {
        Positions memory positions = read(group);
        uint256 count;
        uint256 sum;
        uint256 most;
        for (uint256 i = 0; i < positions.boards.length; ++i) {
            if (positions.outcomes[i] != outcome) continue;
            uint256 gas = _gasOf(chess, positions, i);
            ++count;
            sum += gas;
            if (gas > most) most = gas;
        }
        vm.snapshotValue(SCENARIO, string.concat(name, "-mean"), sum / count);
        vm.snapshotValue(SCENARIO, string.concat(name, "-most"), most);
    }

    function _snapshotGames(PlainChess chess) private {
        Positions memory games = read("games");
        for (uint256 i = 0; i < games.boards.length; ++i) {
            vm.snapshotValue(SCENARIO, games.names[i], _gasOf(chess, games, i));
        }
    }

    function _gasOf(PlainChess chess, Positions memory positions, uint256 i)
        private
        view
        returns (uint256)
    {
        chess.outcome(positions.boards[i], positions.states[i]);
        (, uint64 used,,,) = vm.lastCallGas();
        return used;
    }
}
