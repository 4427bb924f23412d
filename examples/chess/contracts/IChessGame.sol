// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {AppOrder, WorkerpoolOrder} from "@ruche/kit/interfaces/HubTypes.sol";

/// @title Games of chess for stakes, judged by the grid
/// @notice The contract moves pieces and knows no rules. A move counts when the opponent answers it
/// with one of his own. Who doubts a move, or has mated, has the last move judged instead: one call
/// of the app says whether it was legal, and whether it ended the game. One judgement a move, paid
/// by who asks; the clock stands still meanwhile.
interface IChessGame {
    /// @notice NONE -> WAITING (create) -> RUNNING (join) -> JUDGING (judge) -> RUNNING or ENDED
    /// (answer or failure of the call); WAITING -> ENDED (cancel); RUNNING -> ENDED (time,
    /// resignation, draw).
    enum Status {
        NONE,
        WAITING,
        RUNNING,
        JUDGING,
        ENDED
    }

    enum Ending {
        CANCELLED,
        MATE,
        STALEMATE,
        ILLEGAL_MOVE,
        TIME,
        RESIGNED,
        AGREED,
        /// @notice The grid could not judge: the position is none that a game can have, or calls
        /// keep failing.
        UNDECIDED
    }

    struct Game {
        address white;
        /// @notice Of each player.
        uint96 stake;
        address black;
        /// @notice When the clock of the side to move began.
        uint40 since;
        uint32 moveSeconds;
        Status status;
        /// @notice The last move was judged, and the game goes on.
        bool isJudged;
        bytes32 board;
        bytes32 boardBefore;
        uint16 state;
        uint16 stateBefore;
        uint16 lastMove;
        uint8 failures;
        uint40 judgedSince;
        /// @notice Who offers a draw in this position; zero: nobody.
        address drawOfferedBy;
        bytes32 judgement;
    }

    event GameCreated(
        uint256 indexed game, address indexed white, uint96 stake, uint32 moveSeconds
    );
    event GameJoined(uint256 indexed game, address indexed black);
    event Moved(uint256 indexed game, uint16 move, bytes32 board, uint16 state);
    event JudgementAsked(uint256 indexed game, address indexed by, bytes32 call);
    event JudgementFailed(uint256 indexed game, uint8 code, string detail);
    /// @notice The last move was legal and did not end the game.
    event GameGoesOn(uint256 indexed game, bytes32 board, uint16 state);
    event DrawOffered(uint256 indexed game, address indexed by);
    /// @param winner zero: both get their stakes back
    event GameEnded(uint256 indexed game, Ending ending, address winner);

    error WrongStatus(uint256 game, Status status, Status required);
    error NotAPlayer(uint256 game, address caller);
    error NotYourTurn(uint256 game, address caller, address toMove);
    error OwnGame(uint256 game, address caller);
    error BadMoveTime(uint32 moveSeconds, uint32 min, uint32 max);
    error NoOwnPiece(uint256 game, uint16 move);
    error BadPromotion(uint256 game, uint16 move);
    error OutOfTime(uint256 game, uint256 deadline, uint256 timestamp);
    error StillInTime(uint256 game, uint256 deadline, uint256 timestamp);

    /// @notice Thrown before the first move, and when the last move was judged already.
    error NothingToJudge(uint256 game);
    error StillJudging(uint256 game, uint256 until, uint256 timestamp);
    error NothingToWithdraw(address account);

    /// @notice Opens a game and pays the caller's stake, who plays White. The stake must be
    /// approved.
    function create(uint96 stake, uint32 moveSeconds) external returns (uint256 game);

    /// @notice Pays the same stake and plays Black.
    function join(uint256 game) external;

    /// @notice Takes the stake back while nobody has joined.
    function cancel(uint256 game) external;

    /// @param move_ from | to << 6 | promotion << 12; squares 0 = a1 to 63 = h8; promotion 0 none,
    /// 2 N, 3 B, 4 R, 5 Q
    function move(uint256 game, uint16 move_) external;

    /// @notice Has the last move judged, by any pool that is allowed. A player pays what this
    /// contract's deposit lacks of the budget, which must be approved.
    function judge(uint256 game) external returns (bytes32 call);

    /// @notice The same, matched at once.
    function judgeWith(uint256 game, AppOrder calldata appOffer, WorkerpoolOrder calldata poolOffer)
        external
        returns (bytes32 call);

    /// @notice Ends a judgement whose answer this contract can never take, long after its deadline.
    function giveUpJudging(uint256 game) external;

    /// @notice Ends a game whose player to move is out of time. Anyone may call.
    function claimTime(uint256 game) external;
    function resign(uint256 game) external;

    /// @notice Offers a draw in this position, or takes the opponent's offer.
    function offerDraw(uint256 game) external;

    /// @notice Pays the caller what ended games owe.
    function withdraw() external;

    function viewGame(uint256 game) external view returns (Game memory);
    function owedTo(address account) external view returns (uint256);
    function countGames() external view returns (uint256);
}
