// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {ChessBoard} from "@ruche/chess/ChessBoard.sol";
import {IChessGame} from "@ruche/chess/IChessGame.sol";
import {IGridCaller} from "../../kit/IGridCaller.sol";
import {RefusingToken} from "../kit/RefusingToken.sol";
import {GameFixture} from "./GameFixture.sol";

/// @dev Making, playing and ending games without the grid.
contract ChessGameTest is GameFixture {
    function testRefusesMoveTimesOutOfRange() public {
        _refusesMoveTime(29);
        _refusesMoveTime(30 days + 1);
        vm.startPrank(WHITE);
        chess.create(STAKE, 30);
        chess.create(STAKE, 30 days);
        vm.stopPrank();
        vm.assertEq(chess.countGames(), 2, "games");
    }

    function testRefusesAStakeThatIsNotPaid() public {
        vm.prank(address(0x404));
        vm.expectRevert();
        chess.create(STAKE, MOVE_SECONDS);
    }

    function testWaitsForAnOpponent() public {
        vm.expectEmit(address(chess));
        emit IChessGame.GameCreated(0, WHITE, STAKE, MOVE_SECONDS);
        vm.prank(WHITE);
        uint256 game = chess.create(STAKE, MOVE_SECONDS);

        assertStatus(game, IChessGame.Status.WAITING);
        vm.assertEq(token.balanceOf(address(chess)), STAKE, "stake");
        vm.assertEq(chess.viewGame(game).board, ChessBoard.START, "board");
    }

    function testRefusesToJoinTwiceOrOneself() public {
        vm.startPrank(WHITE);
        uint256 game = chess.create(STAKE, MOVE_SECONDS);
        vm.expectRevert(abi.encodeWithSelector(IChessGame.OwnGame.selector, game, WHITE));
        chess.join(game);
        vm.stopPrank();
        vm.prank(BLACK);
        chess.join(game);
        _refusesStatus(game, IChessGame.Status.RUNNING, IChessGame.Status.WAITING);
        vm.prank(OTHER);
        chess.join(game);
        _refusesStatus(7, IChessGame.Status.NONE, IChessGame.Status.WAITING);
        chess.join(7);
    }

    function testOnlyItsMakerCancelsAWaitingGame() public {
        vm.prank(WHITE);
        uint256 game = chess.create(STAKE, MOVE_SECONDS);
        vm.expectRevert(abi.encodeWithSelector(IChessGame.NotAPlayer.selector, game, OTHER));
        vm.prank(OTHER);
        chess.cancel(game);

        vm.expectEmit(address(chess));
        emit IChessGame.GameEnded(game, IChessGame.Ending.CANCELLED, address(0));
        vm.prank(WHITE);
        chess.cancel(game);

        assertEnded(game, STAKE, 0, "cancelled");
        _refusesStatus(game, IChessGame.Status.ENDED, IChessGame.Status.WAITING);
        chess.join(game);
        game = started();
        _refusesStatus(game, IChessGame.Status.RUNNING, IChessGame.Status.WAITING);
        chess.cancel(game);
    }

    function testRefusesMovesOutOfTurn() public {
        uint256 game = started();

        vm.expectRevert(abi.encodeWithSelector(IChessGame.NotYourTurn.selector, game, BLACK, WHITE));
        vm.prank(BLACK);
        chess.move(game, 12 | (28 << 6));
        play(game, "e2e4 ");
        vm.expectRevert(abi.encodeWithSelector(IChessGame.NotYourTurn.selector, game, WHITE, BLACK));
        vm.prank(WHITE);
        chess.move(game, 12 | (28 << 6));
    }

    function testRefusesMovesOfNothingAndOfTheOpponent() public {
        uint256 game = started();
        _refusesMove(game, 20 | (28 << 6), IChessGame.NoOwnPiece.selector);
        _refusesMove(game, 52 | (36 << 6), IChessGame.NoOwnPiece.selector);
        _refusesMove(game, 12 | (28 << 6) | (1 << 12), IChessGame.BadPromotion.selector);
        _refusesMove(game, 12 | (28 << 6) | (6 << 12), IChessGame.BadPromotion.selector);
    }

    function testRefusesMovesAfterTheTime() public {
        uint256 game = started();
        uint256 deadline = block.timestamp + MOVE_SECONDS;
        vm.warp(deadline + 1);

        vm.expectRevert(
            abi.encodeWithSelector(IChessGame.OutOfTime.selector, game, deadline, deadline + 1)
        );
        vm.prank(WHITE);
        chess.move(game, 12 | (28 << 6));
        vm.warp(deadline);
        play(game, "e2e4 ");
    }

    function testKeepsThePositionBeforeAndAfter() public {
        uint256 game = started();
        uint16 move = 12 | (28 << 6);
        (bytes32 board, uint16 state) = ChessBoard.play(ChessBoard.START, 30, move);

        vm.expectEmit(address(chess));
        emit IChessGame.Moved(game, move, board, state);
        play(game, "e2e4 ");

        IChessGame.Game memory found = chess.viewGame(game);
        vm.assertEq(found.board, board, "after");
        vm.assertEq(found.state, 31 | (21 << 8), "state after");
        vm.assertEq(found.boardBefore, ChessBoard.START, "before");
        vm.assertEq(found.stateBefore, 30, "state before");
        vm.assertEq(found.lastMove, move, "move");
    }

    function testTheSlowPlayerLoses() public {
        uint256 game = played("e2e4 ");
        uint256 deadline = block.timestamp + MOVE_SECONDS;
        vm.warp(deadline);
        vm.expectRevert(
            abi.encodeWithSelector(IChessGame.StillInTime.selector, game, deadline, deadline)
        );
        chess.claimTime(game);
        vm.warp(deadline + 1);

        vm.expectEmit(address(chess));
        emit IChessGame.GameEnded(game, IChessGame.Ending.TIME, WHITE);
        vm.prank(OTHER);
        chess.claimTime(game);

        assertEnded(game, 2 * STAKE, 0, "time");
    }

    function testWhiteMayBeTheSlowOne() public {
        uint256 game = started();
        vm.warp(block.timestamp + MOVE_SECONDS + 1);

        chess.claimTime(game);

        assertEnded(game, 0, 2 * STAKE, "time");
    }

    function testAPlayerResigns() public {
        uint256 game = started();
        vm.expectRevert(abi.encodeWithSelector(IChessGame.NotAPlayer.selector, game, OTHER));
        vm.prank(OTHER);
        chess.resign(game);

        vm.prank(BLACK);
        chess.resign(game);

        assertEnded(game, 2 * STAKE, 0, "resigned");
        uint256 second = started();
        vm.prank(WHITE);
        chess.resign(second);
        assertEnded(second, 2 * STAKE, 2 * STAKE, "the other one");
    }

    function testADrawNeedsBothInOnePosition() public {
        uint256 game = started();
        vm.expectRevert(abi.encodeWithSelector(IChessGame.NotAPlayer.selector, game, OTHER));
        vm.prank(OTHER);
        chess.offerDraw(game);
        vm.startPrank(WHITE);
        chess.offerDraw(game);
        chess.offerDraw(game);
        vm.stopPrank();
        play(game, "e2e4 ");
        vm.prank(BLACK);
        chess.offerDraw(game);
        assertStatus(game, IChessGame.Status.RUNNING);

        vm.prank(WHITE);
        chess.offerDraw(game);

        assertEnded(game, STAKE, STAKE, "agreed");
    }

    function testPaysWhatIsOwedOnce() public {
        uint256 game = started();
        vm.prank(BLACK);
        chess.resign(game);

        vm.startPrank(WHITE);
        chess.withdraw();
        vm.assertEq(token.balanceOf(WHITE), PURSE + STAKE, "won");
        vm.expectRevert(abi.encodeWithSelector(IChessGame.NothingToWithdraw.selector, WHITE));
        chess.withdraw();
        vm.stopPrank();
        vm.assertEq(token.balanceOf(address(chess)), 0, "all paid");
    }

    function testATokenThatSaysNoChangesNothing() public {
        uint256 game = started();
        vm.prank(BLACK);
        chess.resign(game);
        vm.etch(address(token), address(new RefusingToken()).code);
        bytes memory refused =
            abi.encodeWithSelector(IGridCaller.TokenRefused.selector, address(token));

        vm.startPrank(WHITE);
        vm.expectRevert(refused);
        chess.create(STAKE, MOVE_SECONDS);
        vm.expectRevert(refused);
        chess.withdraw();
        vm.stopPrank();
        vm.assertEq(chess.owedTo(WHITE), 2 * STAKE, "still owed");
    }

    function testAnEndedGameStaysSo() public {
        uint256 game = started();
        vm.prank(BLACK);
        chess.resign(game);

        bytes memory ended = abi.encodeWithSelector(
            IChessGame.WrongStatus.selector,
            game,
            IChessGame.Status.ENDED,
            IChessGame.Status.RUNNING
        );
        vm.startPrank(WHITE);
        vm.expectRevert(ended);
        chess.move(game, 12 | (28 << 6));
        vm.expectRevert(ended);
        chess.judge(game);
        vm.expectRevert(ended);
        chess.resign(game);
        vm.expectRevert(ended);
        chess.offerDraw(game);
        vm.expectRevert(ended);
        chess.claimTime(game);
        vm.stopPrank();
    }

    function _refusesMoveTime(uint32 moveSeconds) private {
        vm.expectRevert(
            abi.encodeWithSelector(IChessGame.BadMoveTime.selector, moveSeconds, 30, 30 days)
        );
        vm.prank(WHITE);
        chess.create(STAKE, moveSeconds);
    }

    function _refusesStatus(uint256 game, IChessGame.Status found, IChessGame.Status required)
        private
    {
        vm.expectRevert(
            abi.encodeWithSelector(IChessGame.WrongStatus.selector, game, found, required)
        );
    }

    function _refusesMove(uint256 game, uint16 move, bytes4 selector) private {
        vm.expectRevert(abi.encodeWithSelector(selector, game, move));
        vm.prank(WHITE);
        chess.move(game, move);
    }
}
