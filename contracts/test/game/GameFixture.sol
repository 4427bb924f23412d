// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {ChessBoard} from "@ruche/chess/ChessBoard.sol";
import {ChessGame} from "@ruche/chess/ChessGame.sol";
import {IChessGame} from "@ruche/chess/IChessGame.sol";
import {MockToken} from "../../kit/testing/MockToken.sol";
import {GridTest} from "../../kit/testing/GridTest.sol";
import {TestBase} from "../base/TestBase.sol";

/// @title Two players with tokens, and games to play
abstract contract GameFixture is TestBase, GridTest {
    uint96 internal constant STAKE = 5e9;
    uint32 internal constant MOVE_SECONDS = 1 days;
    uint256 internal constant BUDGET = 3e7;
    uint256 internal constant PURSE = 1e12;
    uint256 internal constant JUDGE_SECONDS = 4000;
    address internal constant APP = address(0xa44);
    address internal constant POOL = address(0x9001);
    address internal constant WHITE = address(0x3417e);
    address internal constant BLACK = address(0xb1ac);
    address internal constant OTHER = address(0x07e4);

    /// @dev From and to of each move, the promotion after them.
    string internal constant FOOLS_MATE = "f2f3 e7e5 g2g4 d8h4 ";
    string internal constant LONG_GAME =
        "e2e4 e7e6 d2d4 d7d5 b1c3 g8f6 c1g5 f8e7 e4e5 f6d7 g5e7 d8e7 g1f3 e8g8 f1d3 d7e5 d4e5 b8c6 e1g1 c6e5 f3e5 c7c5 f2f4 b7b5 d3b5 c8d7 e5d7 e7d7 b5d7 f7f5 d7e6 f8f7 e6f7 g8f7 d1d5 f7e8 d5a8 e8e7 a8a7 e7e8 a7c5 g7g5 f4g5 h7h5 g5h6 f5f4 f1f4 e8d8 h6h7 d8e8 h7h8qe8d7 h8c8 ";

    ChessGame internal chess;
    MockToken internal token;

    function setUp() public virtual {
        vm.warp(1_700_000_000);
        token = GRID.TOKEN();
        chess = new ChessGame(
            address(GRID), ChessGame.Judging(APP, POOL, 3, BUDGET, 1e7, JUDGE_SECONDS)
        );
        address[3] memory players = [WHITE, BLACK, OTHER];
        for (uint256 i = 0; i < players.length; ++i) {
            token.mint(players[i], PURSE);
            vm.prank(players[i]);
            token.approve(address(chess), PURSE);
        }
    }

    /// @notice A game that both have joined.
    function started() internal returns (uint256 game) {
        vm.prank(WHITE);
        game = chess.create(STAKE, MOVE_SECONDS);
        vm.prank(BLACK);
        chess.join(game);
    }

    /// @notice A game in which these moves were played; each of five letters.
    function played(string memory moves) internal returns (uint256 game) {
        game = started();
        play(game, moves);
    }

    function play(uint256 game, string memory moves) internal {
        bytes memory text = bytes(moves);
        for (uint256 i = 0; i < text.length; i += 5) {
            uint16 move = _square(text[i], text[i + 1]) | (_square(text[i + 2], text[i + 3]) << 6);
            if (text[i + 4] == "q") move |= 5 << 12;
            vm.prank(toMove(game));
            chess.move(game, move);
        }
    }

    function toMove(uint256 game) internal view returns (address) {
        return chess.viewGame(game).state & 1 == 0 ? WHITE : BLACK;
    }

    function judge(uint256 game, address by) internal returns (bytes32) {
        vm.prank(by);
        return chess.judge(game);
    }

    /// @notice What the app answers when the last move was legal.
    function verdict(uint256 game, uint8 outcome) internal view returns (bytes memory) {
        IChessGame.Game memory found = chess.viewGame(game);
        return abi.encode(true, found.board, uint256(found.state), outcome);
    }

    function illegal(uint256 game) internal view returns (bytes memory) {
        IChessGame.Game memory found = chess.viewGame(game);
        return abi.encode(false, found.boardBefore, uint256(found.stateBefore), uint8(0));
    }

    function assertEnded(uint256 game, uint256 white, uint256 black, string memory why)
        internal
        view
    {
        vm.assertEq(uint256(chess.viewGame(game).status), uint256(IChessGame.Status.ENDED), why);
        vm.assertEq(chess.owedTo(WHITE), white, "White");
        vm.assertEq(chess.owedTo(BLACK), black, "Black");
        vm.assertEq(token.balanceOf(address(chess)), white + black, "nothing lost or made");
    }

    function assertStatus(uint256 game, IChessGame.Status status) internal view {
        vm.assertEq(uint256(chess.viewGame(game).status), uint256(status), "status");
    }

    function _square(bytes1 file, bytes1 rank) private pure returns (uint16) {
        return uint16(uint8(file)) - 97 + 8 * (uint16(uint8(rank)) - 49);
    }

    function _answerScript() internal pure override returns (string memory) {
        return "kit/bin/answer.mjs";
    }
}
