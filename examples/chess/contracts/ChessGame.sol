// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {AppOrder, WorkerpoolOrder} from "@ruche/kit/interfaces/HubTypes.sol";
import {Failure, FailureCode} from "@ruche/kit/Failures.sol";
import {GridCaller} from "@ruche/kit/GridCaller.sol";
import {Chess} from "@ruche/chess/Chess.sol";
import {ChessBoard} from "@ruche/chess/ChessBoard.sol";
import {IChessGame} from "@ruche/chess/IChessGame.sol";

/// @dev What the contract asks of the hub's token beside what the kit does.
interface IStakeToken {
    function transfer(address to, uint256 amount) external returns (bool);
    function transferFrom(address from, address to, uint256 amount) external returns (bool);
}

/// @title Games of chess for stakes, judged by the grid
/// @notice Stakes and what is owed lie in this contract as tokens; its deposit on the hub pays for
/// calls.
contract ChessGame is IChessGame, GridCaller {
    /// @notice How the grid is asked; fixed, so that no player can choose it to his advantage.
    struct Judging {
        address app;
        /// @notice The pool, or group of pools, that both players trust; zero: any.
        address workerpool;
        uint256 trust;
        uint256 budget;
        uint256 appMaxPrice;
        /// @notice A call is answered or refunded so many seconds after it was asked.
        uint256 withinSeconds;
    }

    uint32 private constant MIN_MOVE_SECONDS = 30;
    uint32 private constant MAX_MOVE_SECONDS = 30 days;
    /// @dev After so many failed judgements of one move the game is undecided.
    uint256 private constant MAX_FAILURES = 3;
    /// @dev How long anybody can deliver a late answer before a player may give it up.
    uint256 private constant GIVE_UP_SECONDS = 7 days;
    uint256 private constant BOUNTY_DIVISOR = 20;
    uint8 private constant MATE = 1;
    uint8 private constant STALEMATE = 2;

    IStakeToken public immutable TOKEN;
    Judging private _judging;
    Game[] private _games;
    mapping(bytes32 call => uint256) private _gameOf;
    mapping(address account => uint256) public owedTo;

    constructor(address hub, Judging memory judging) GridCaller(hub) {
        TOKEN = IStakeToken(GRID.token());
        _judging = judging;
    }

    /// @inheritdoc IChessGame
    function create(uint96 stake, uint32 moveSeconds) external returns (uint256 game) {
        if (moveSeconds < MIN_MOVE_SECONDS || moveSeconds > MAX_MOVE_SECONDS) {
            revert BadMoveTime(moveSeconds, MIN_MOVE_SECONDS, MAX_MOVE_SECONDS);
        }
        game = _games.length;
        Game storage created = _games.push();
        (created.white, created.stake) = (msg.sender, stake);
        (created.moveSeconds, created.status) = (moveSeconds, Status.WAITING);
        (created.board, created.state) = (ChessBoard.START, ChessBoard.START_STATE);
        emit GameCreated(game, msg.sender, stake, moveSeconds);
        _collect(stake);
    }

    /// @inheritdoc IChessGame
    function join(uint256 game) external {
        Game storage joined = _require(game, Status.WAITING);
        if (joined.white == msg.sender) revert OwnGame(game, msg.sender);
        (joined.black, joined.since) = (msg.sender, uint40(block.timestamp));
        joined.status = Status.RUNNING;
        emit GameJoined(game, msg.sender);
        _collect(joined.stake);
    }

    /// @inheritdoc IChessGame
    function cancel(uint256 game) external {
        Game storage waiting = _require(game, Status.WAITING);
        if (waiting.white != msg.sender) revert NotAPlayer(game, msg.sender);
        waiting.status = Status.ENDED;
        owedTo[msg.sender] += waiting.stake;
        emit GameEnded(game, Ending.CANCELLED, address(0));
    }

    /// @inheritdoc IChessGame
    function move(uint256 game, uint16 move_) external {
        Game storage running = _require(game, Status.RUNNING);
        address toMove = _toMove(running);
        if (msg.sender != toMove) revert NotYourTurn(game, msg.sender, toMove);
        _requireInTime(game, running);
        uint256 promotion = move_ >> 12;
        if (promotion == 1 || promotion > 5) revert BadPromotion(game, move_);
        (bytes32 board, uint16 state) = (running.board, running.state);
        if (!ChessBoard.isOwn(board, state, move_)) revert NoOwnPiece(game, move_);

        (running.boardBefore, running.stateBefore, running.lastMove) = (board, state, move_);
        (board, state) = ChessBoard.play(board, state, move_);
        (running.board, running.state) = (board, state);
        running.since = uint40(block.timestamp);
        (running.isJudged, running.failures) = (false, 0);
        if (running.drawOfferedBy != address(0)) running.drawOfferedBy = address(0);
        emit Moved(game, move_, board, state);
    }

    /// @inheritdoc IChessGame
    function judge(uint256 game) external returns (bytes32 call) {
        Game storage judged = _requireJudgeable(game);
        call = _call(_judging.app, _question(judged), _judging.budget, _judgeDeadline());
        _startJudging(game, judged, call);
    }

    /// @inheritdoc IChessGame
    function judgeWith(uint256 game, AppOrder calldata appOffer, WorkerpoolOrder calldata poolOffer)
        external
        returns (bytes32 call)
    {
        Game storage judged = _requireJudgeable(game);
        (bytes memory question, uint256 deadline) = (_question(judged), _judgeDeadline());
        call = _call(_judging.app, question, _judging.budget, deadline, appOffer, poolOffer);
        _startJudging(game, judged, call);
    }

    /// @inheritdoc IChessGame
    function giveUpJudging(uint256 game) external {
        Game storage judged = _require(game, Status.JUDGING);
        _requirePlayer(game, judged);
        uint256 until = judged.judgedSince + _judging.withinSeconds + GIVE_UP_SECONDS;
        if (block.timestamp <= until) revert StillJudging(game, until, block.timestamp);
        _abandon(judged.judgement);
        _end(game, judged, Ending.UNDECIDED, address(0));
    }

    /// @inheritdoc IChessGame
    function claimTime(uint256 game) external {
        Game storage running = _require(game, Status.RUNNING);
        uint256 deadline = _deadline(running);
        if (block.timestamp <= deadline) revert StillInTime(game, deadline, block.timestamp);
        _end(game, running, Ending.TIME, _lastMover(running));
    }

    /// @inheritdoc IChessGame
    function resign(uint256 game) external {
        Game storage running = _require(game, Status.RUNNING);
        _requirePlayer(game, running);
        address winner = msg.sender == running.white ? running.black : running.white;
        _end(game, running, Ending.RESIGNED, winner);
    }

    /// @inheritdoc IChessGame
    function offerDraw(uint256 game) external {
        Game storage running = _require(game, Status.RUNNING);
        _requirePlayer(game, running);
        address offeredBy = running.drawOfferedBy;
        if (offeredBy != address(0) && offeredBy != msg.sender) {
            _end(game, running, Ending.AGREED, address(0));
        } else {
            running.drawOfferedBy = msg.sender;
            emit DrawOffered(game, msg.sender);
        }
    }

    /// @inheritdoc IChessGame
    function withdraw() external {
        uint256 amount = owedTo[msg.sender];
        if (amount == 0) revert NothingToWithdraw(msg.sender);
        owedTo[msg.sender] = 0;
        if (!TOKEN.transfer(msg.sender, amount)) revert TokenRefused(address(TOKEN));
    }

    /// @inheritdoc IChessGame
    function viewGame(uint256 game) external view returns (Game memory) {
        return _games[game];
    }

    /// @inheritdoc IChessGame
    function countGames() external view returns (uint256) {
        return _games.length;
    }

    /// @dev The answer is about the last move, which nobody can have followed by another meanwhile.
    function _onResult(bytes32 id, bytes memory answer) internal override {
        (bool legal, bytes32 board, uint256 state, uint8 outcome) = Chess.playResult(answer);
        uint256 game = _gameOf[id];
        Game storage judged = _games[game];
        if (!legal) {
            _end(game, judged, Ending.ILLEGAL_MOVE, _toMove(judged));
        } else if (outcome == MATE) {
            _end(game, judged, Ending.MATE, _lastMover(judged));
        } else if (outcome == STALEMATE) {
            _end(game, judged, Ending.STALEMATE, address(0));
        } else {
            judged.isJudged = true;
            (judged.board, judged.state) = (board, uint16(state));
            _resume(judged);
            emit GameGoesOn(game, board, uint16(state));
        }
    }

    /// @dev EXIT is what the app says to a position that no game can have: both have let an illegal
    /// move pass. Other failures are the grid's, and the players may go on or ask again.
    function _onFailure(bytes32 id, Failure memory reason) internal override {
        uint256 game = _gameOf[id];
        Game storage judged = _games[game];
        emit JudgementFailed(game, reason.code, reason.detail);
        if (reason.code == FailureCode.EXIT || ++judged.failures == MAX_FAILURES) {
            _end(game, judged, Ending.UNDECIDED, address(0));
        } else {
            _resume(judged);
        }
    }

    function _terms(address, uint256 budget) internal view override returns (Terms memory terms) {
        terms.bounty = budget / BOUNTY_DIVISOR;
        terms.appMaxPrice = _judging.appMaxPrice;
        terms.trust = _judging.trust;
        terms.workerpool = _judging.workerpool;
    }

    /// @dev The asker pays what the deposit lacks; what calls leave of their budgets serves the
    /// next.
    function _requireJudgeable(uint256 game) private returns (Game storage judged) {
        judged = _require(game, Status.RUNNING);
        _requirePlayer(game, judged);
        _requireInTime(game, judged);
        if (judged.boardBefore == 0 || judged.isJudged) revert NothingToJudge(game);
        uint256 available = _available();
        if (available < _judging.budget) _depositFrom(msg.sender, _judging.budget - available);
    }

    function _startJudging(uint256 game, Game storage judged, bytes32 call) private {
        _gameOf[call] = game;
        judged.judgement = call;
        judged.judgedSince = uint40(block.timestamp);
        judged.status = Status.JUDGING;
        emit JudgementAsked(game, msg.sender, call);
    }

    /// @dev The clock goes on where it stood.
    function _resume(Game storage judged) private {
        judged.since += uint40(block.timestamp) - judged.judgedSince;
        judged.status = Status.RUNNING;
    }

    /// @param winner zero: both get their stakes back
    function _end(uint256 game, Game storage ended, Ending ending, address winner) private {
        ended.status = Status.ENDED;
        if (winner == address(0)) {
            owedTo[ended.white] += ended.stake;
            owedTo[ended.black] += ended.stake;
        } else {
            owedTo[winner] += 2 * uint256(ended.stake);
        }
        emit GameEnded(game, ending, winner);
    }

    function _collect(uint256 stake) private {
        if (!TOKEN.transferFrom(msg.sender, address(this), stake)) {
            revert TokenRefused(address(TOKEN));
        }
    }

    function _require(uint256 game, Status required) private view returns (Game storage found) {
        if (game >= _games.length) revert WrongStatus(game, Status.NONE, required);
        found = _games[game];
        if (found.status != required) revert WrongStatus(game, found.status, required);
    }

    function _requirePlayer(uint256 game, Game storage running) private view {
        if (msg.sender != running.white && msg.sender != running.black) {
            revert NotAPlayer(game, msg.sender);
        }
    }

    function _requireInTime(uint256 game, Game storage running) private view {
        uint256 deadline = _deadline(running);
        if (block.timestamp > deadline) revert OutOfTime(game, deadline, block.timestamp);
    }

    function _question(Game storage judged) private view returns (bytes memory) {
        return Chess.play(judged.boardBefore, judged.stateBefore, judged.lastMove);
    }

    function _judgeDeadline() private view returns (uint256) {
        return block.timestamp + _judging.withinSeconds;
    }

    function _deadline(Game storage running) private view returns (uint256) {
        return uint256(running.since) + running.moveSeconds;
    }

    function _toMove(Game storage running) private view returns (address) {
        return running.state & 1 == 0 ? running.white : running.black;
    }

    function _lastMover(Game storage running) private view returns (address) {
        return running.state & 1 == 0 ? running.black : running.white;
    }
}
