// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {ChessBoard} from "@ruche/chess/ChessBoard.sol";
import {IChessGame} from "@ruche/chess/IChessGame.sol";
import {GameFixture} from "./GameFixture.sol";

/// @dev Where pieces land. That this is where the rules want them, RealApp.t.sol asks the app.
contract ChessBoardTest is GameFixture {
    function testWholeGamesEndWhereTheyShould() public {
        IChessGame.Game memory game = chess.viewGame(played(FOOLS_MATE));
        vm.assertEq(
            game.board,
            0x4235632411111001000001000000001d000090000000000099990999cab0ebac,
            "fool's mate"
        );
        vm.assertEq(game.state, 30, "White, who may castle");

        game = chess.viewGame(played(LONG_GAME));
        vm.assertEq(
            game.board,
            0x400000601110001100200000000004000050000000000000000e000000500000,
            "castling, en passant, promotion"
        );
        vm.assertEq(game.state, 1, "Black");
    }

    function testBothCastleToBothSides() public pure {
        bytes32 board = bytes32(uint256(0x40006004) << 224) | bytes32(uint256(0xc000e00c));
        _castles(board, 30, 4, 6);
        _castles(board, 30, 4, 2);
        _castles(board, 31, 60, 62);
        _castles(board, 31, 60, 58);
    }

    /// @dev Whatever is played, no bit appears that a state does not have.
    function testAnyMoveLeavesAState(bytes32 board, uint16 state, uint16 move) public pure {
        state &= 0x3f1f;

        (, uint16 next) = ChessBoard.play(board, state, move);

        vm.assertEq(next & 0x80e0, 0, "unknown bits");
        vm.assertEq(next & 1, (state & 1) ^ 1, "the other side");
        vm.assertEq(next & 0x1e & ~state, 0, "no new right");
    }

    function _castles(bytes32 board, uint16 state, uint256 from, uint256 to) private pure {
        uint16 move = uint16(from | (to << 6));
        (bytes32 next, uint16 after_) = ChessBoard.play(board, state, move);
        uint256 side = (state & 1) << 3;
        uint256 rookTo = to > from ? to - 1 : to + 1;
        uint256 rookFrom = to > from ? from + 3 : from - 4;
        vm.assertEq(ChessBoard.pieceAt(next, to), 6 | side, "king");
        vm.assertEq(ChessBoard.pieceAt(next, rookTo), 4 | side, "rook");
        vm.assertEq(ChessBoard.pieceAt(next, rookFrom), 0, "rook left");
        vm.assertEq(ChessBoard.pieceAt(next, from), 0, "king left");
        vm.assertEq(after_ & 0x1e, side == 0 ? 0x18 : 0x06, "rights");
    }
}
