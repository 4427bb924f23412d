// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {AppOrder, RequestOrder, WorkerpoolOrder} from "../../src/interfaces/HubTypes.sol";
import {Chess} from "@ruche/chess/Chess.sol";
import {IChessGame} from "@ruche/chess/IChessGame.sol";
import {FailureCode} from "../../kit/Failures.sol";
import {IGridCaller} from "../../kit/IGridCaller.sol";
import {GameFixture} from "./GameFixture.sol";

/// @dev What the grid's answers, failures and silence do to a game. Answers are canned here; the
/// real app plays in RealApp.t.sol.
contract JudgingTest is GameFixture {
    function testRefusesToJudgeBeforeTheFirstMove() public {
        uint256 game = started();

        vm.expectRevert(abi.encodeWithSelector(IChessGame.NothingToJudge.selector, game));
        judge(game, WHITE);
    }

    function testRefusesToJudgeForStrangersAndOutOfTime() public {
        uint256 game = played("e2e4 ");
        vm.expectRevert(abi.encodeWithSelector(IChessGame.NotAPlayer.selector, game, OTHER));
        judge(game, OTHER);
        uint256 deadline = block.timestamp + MOVE_SECONDS;
        vm.warp(deadline + 1);
        vm.expectRevert(
            abi.encodeWithSelector(IChessGame.OutOfTime.selector, game, deadline, deadline + 1)
        );
        judge(game, WHITE);
    }

    function testAsksForTheLastMove() public {
        uint256 game = played("e2e4 e7e5 ");
        IChessGame.Game memory found = chess.viewGame(game);

        bytes32 id = judge(game, WHITE);

        RequestOrder memory order = GRID.orderOf(id);
        vm.assertEq(
            GRID.argumentsOf(id),
            Chess.play(found.boardBefore, found.stateBefore, found.lastMove),
            "question"
        );
        vm.assertEq(order.app, APP, "app");
        vm.assertEq(order.workerpool, POOL, "pool");
        vm.assertEq(order.trust, 3, "trust");
        vm.assertEq(order.appmaxprice, 1e7, "app's price");
        assertStatus(game, IChessGame.Status.JUDGING);
        vm.assertEq(token.balanceOf(WHITE), PURSE - STAKE - BUDGET, "White pays");
    }

    function testAMateIsPaid() public {
        uint256 game = played(FOOLS_MATE);
        bytes32 id = judge(game, BLACK);
        _cannedAnswer(verdict(game, 1));

        _answer(id);

        assertEnded(game, 0, 2 * STAKE, "mate");
    }

    function testAMateIsFoundByTheMatedToo() public {
        uint256 game = played(FOOLS_MATE);
        bytes32 id = judge(game, WHITE);
        _cannedAnswer(verdict(game, 1));

        vm.expectEmit(address(chess));
        emit IChessGame.GameEnded(game, IChessGame.Ending.MATE, BLACK);
        this.answer(id);
    }

    function testAStalemateIsSplit() public {
        uint256 game = played("e2e4 e7e5 ");
        bytes32 id = judge(game, BLACK);
        _cannedAnswer(verdict(game, 2));

        _answer(id);

        assertEnded(game, STAKE, STAKE, "stalemate");
    }

    function testWhoMovedIllegallyLoses() public {
        uint256 game = played("e2e4 e8e4 ");
        bytes32 id = judge(game, WHITE);
        _cannedAnswer(illegal(game));

        _answer(id);

        assertEnded(game, 2 * STAKE, 0, "illegal");
    }

    function testALegalMoveGoesOnWithTheClockWhereItStood() public {
        uint256 game = played("e2e4 ");
        uint256 deadline = block.timestamp + MOVE_SECONDS;
        vm.warp(deadline - 10);
        bytes32 id = judge(game, BLACK);
        vm.warp(deadline + 1000);
        _cannedAnswer(verdict(game, 0));

        _answer(id);

        assertStatus(game, IChessGame.Status.RUNNING);
        vm.expectRevert(abi.encodeWithSelector(IChessGame.NothingToJudge.selector, game));
        judge(game, WHITE);
        vm.warp(deadline + 1010);
        vm.expectPartialRevert(IChessGame.StillInTime.selector);
        chess.claimTime(game);
        play(game, "e7e5 ");
        judge(game, WHITE);
    }

    function testNothingHappensWhileTheGridJudges() public {
        uint256 game = played("e2e4 ");
        judge(game, BLACK);
        vm.warp(block.timestamp + 2 * MOVE_SECONDS);
        bytes memory judging = abi.encodeWithSelector(
            IChessGame.WrongStatus.selector,
            game,
            IChessGame.Status.JUDGING,
            IChessGame.Status.RUNNING
        );

        vm.startPrank(BLACK);
        vm.expectRevert(judging);
        chess.move(game, 52 | (36 << 6));
        vm.expectRevert(judging);
        chess.judge(game);
        vm.expectRevert(judging);
        chess.claimTime(game);
        vm.expectRevert(judging);
        chess.resign(game);
        vm.expectRevert(judging);
        chess.offerDraw(game);
        vm.stopPrank();
    }

    function testOffersAreMatchedAtOnce() public {
        uint256 game = played(FOOLS_MATE);
        AppOrder memory appOffer;
        WorkerpoolOrder memory poolOffer;
        (appOffer.app, poolOffer.workerpool, poolOffer.trust) = (APP, POOL, 3);
        _cannedAnswer(verdict(game, 1));

        vm.prank(BLACK);
        bytes32 id = chess.judgeWith(game, appOffer, poolOffer);
        vm.assertFalse(GRID.isOpen(id), "taken");
        _answer(id);

        assertEnded(game, 0, 2 * STAKE, "mate");
    }

    function testRefusesTheOfferOfAPoolThatOnlyOneTrusts() public {
        uint256 game = played(FOOLS_MATE);
        AppOrder memory appOffer;
        WorkerpoolOrder memory poolOffer;
        (appOffer.app, poolOffer.workerpool, poolOffer.trust) = (APP, address(0xbad), 3);

        vm.expectRevert("iExecV5-matchOrders-0x12");
        vm.prank(WHITE);
        chess.judgeWith(game, appOffer, poolOffer);
    }

    function testWhatACallLeavesServesTheNext() public {
        uint256 game = played("e2e4 ");
        _cannedAnswer(verdict(game, 0));
        _answer(judge(game, WHITE));
        play(game, "e7e5 ");
        uint256 before = token.balanceOf(BLACK);

        judge(game, BLACK);

        vm.assertEq(before - token.balanceOf(BLACK), _appPrice + _poolPrice, "what was spent");
    }

    function testAPositionThatNoGameHasIsUndecided() public {
        uint256 game = played("e2e4 ");
        _cannedFailure(FailureCode.EXIT, "EXIT 3");

        _answer(judge(game, BLACK));

        assertEnded(game, STAKE, STAKE, "undecided");
    }

    function testAFailureOfTheGridLeavesTheGamePlayable() public {
        uint256 game = played("e2e4 ");
        uint256 deadline = block.timestamp + MOVE_SECONDS;
        bytes32 id = judge(game, BLACK);
        RequestOrder memory order = GRID.orderOf(id);
        vm.warp(block.timestamp + JUDGE_SECONDS);

        vm.expectEmit(address(chess));
        emit IChessGame.JudgementFailed(game, FailureCode.UNMATCHED, "UNMATCHED");
        vm.prank(OTHER);
        chess.pokeUnmatched(order);

        assertStatus(game, IChessGame.Status.RUNNING);
        vm.warp(deadline + JUDGE_SECONDS);
        play(game, "e7e5 ");
    }

    function testAPoolThatNeverAnswersLeavesTheGamePlayable() public {
        uint256 game = played("e2e4 ");
        bytes32 id = judge(game, BLACK);
        _take(id);
        vm.warp(block.timestamp + JUDGE_SECONDS);

        vm.prank(OTHER);
        chess.poke(id);

        assertStatus(game, IChessGame.Status.RUNNING);
        vm.assertEq(token.balanceOf(OTHER), PURSE + BUDGET / 20, "bounty");
        play(game, "e7e5 ");
    }

    function testThreeFailuresAreUndecided() public {
        uint256 game = played("e2e4 ");
        for (uint256 i = 0; i < 3; ++i) {
            assertStatus(game, IChessGame.Status.RUNNING);
            _cannedFailure(FailureCode.TIMEOUT, "TIMEOUT");
            _answer(judge(game, BLACK));
        }

        assertEnded(game, STAKE, STAKE, "undecided");
    }

    function testForgetsFailuresOfEarlierMoves() public {
        uint256 game = played("e2e4 ");
        for (uint256 i = 0; i < 2; ++i) {
            _cannedFailure(FailureCode.TIMEOUT, "TIMEOUT");
            _answer(judge(game, BLACK));
        }
        play(game, "e7e5 ");
        _cannedFailure(FailureCode.TIMEOUT, "TIMEOUT");
        _answer(judge(game, BLACK));

        assertStatus(game, IChessGame.Status.RUNNING);
    }

    function testAnAnswerOfAnotherTypeIsAFailure() public {
        uint256 game = played("e2e4 ");
        _cannedAnswer(abi.encode(true));

        _answer(judge(game, BLACK));

        vm.assertEq(chess.viewGame(game).failures, 1, "failed");
        assertStatus(game, IChessGame.Status.RUNNING);
    }

    function testAnAnswerThatCannotBeTakenIsGivenUpLate() public {
        uint256 game = played("e2e4 ");
        uint256 asked = block.timestamp;
        _cannedAnswer(abi.encode(uint256(2), bytes32(0), uint256(0), uint256(0)));
        bytes32 id = judge(game, BLACK);
        _answer(id);
        assertStatus(game, IChessGame.Status.JUDGING);
        vm.expectRevert();
        chess.poke(id);
        uint256 until = asked + JUDGE_SECONDS + 7 days;
        vm.warp(until);

        vm.expectRevert(
            abi.encodeWithSelector(IChessGame.StillJudging.selector, game, until, until)
        );
        _giveUp(game, BLACK);
        vm.warp(until + 1);
        vm.expectRevert(abi.encodeWithSelector(IChessGame.NotAPlayer.selector, game, OTHER));
        _giveUp(game, OTHER);
        _giveUp(game, BLACK);

        assertEnded(game, STAKE, STAKE, "undecided");
    }

    function testAnAnswerThatCanStillComeIsNotGivenUp() public {
        uint256 game = played("e2e4 ");
        judge(game, BLACK);
        vm.warp(block.timestamp + JUDGE_SECONDS + 8 days);

        vm.expectPartialRevert(IGridCaller.CallHasNoResult.selector);
        _giveUp(game, BLACK);
        uint256 other = started();
        vm.expectPartialRevert(IChessGame.WrongStatus.selector);
        _giveUp(other, WHITE);
    }

    function testTwoGamesAreJudgedAtOnce() public {
        uint256 first = played(FOOLS_MATE);
        uint256 second = played("e2e4 ");
        bytes32 firstId = judge(first, BLACK);
        bytes32 secondId = judge(second, BLACK);
        _cannedAnswer(verdict(second, 0));
        _cannedAnswer(verdict(first, 1));

        _answer(secondId);
        assertStatus(first, IChessGame.Status.JUDGING);
        _answer(firstId);

        vm.assertEq(chess.owedTo(BLACK), 2 * STAKE, "the first");
        assertStatus(second, IChessGame.Status.RUNNING);
    }

    function answer(bytes32 id) external {
        _take(id);
        GRID.finish(id, verdict(0, 1));
    }

    function _giveUp(uint256 game, address by) private {
        vm.prank(by);
        chess.giveUpJudging(game);
    }
}
