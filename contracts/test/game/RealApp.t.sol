// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IChessGame} from "@ruche/chess/IChessGame.sol";
import {GameFixture} from "./GameFixture.sol";

/// @dev Games judged by the app itself, as a newcomer's tests would be. Runs where RUCHE names the
/// command of a built Ruche; where nothing may be skipped it has to.
contract RealAppTest is GameFixture {
    string private constant MODULE = "../examples/chess/build/chess.wasm";
    /// @dev The shortest known one.
    string private constant STALEMATE =
        "e2e3 a7a5 d1h5 a8a6 h5a5 h7h5 h2h4 a6h6 a5c7 f7f6 c7d7 e8f7 d7b7 d8d3 b7b8 d3h7 b8c8 f7g6 c8e6 ";

    string private _ruche = vm.envOr("RUCHE", "");

    modifier withApp() {
        if (bytes(_ruche).length == 0) {
            bool mayBeSkipped = bytes(vm.envOr("RUCHE_REQUIRE_ALL", "")).length == 0;
            vm.assertTrue(mayBeSkipped, "RUCHE must name the command");
            vm.skip(true, "RUCHE does not name the command");
        }
        _useApp(MODULE);
        _;
    }

    function testTheStubIsThatOfTheManifest() public withApp {
        string[] memory command = new string[](7);
        (command[0], command[1], command[2]) = (_ruche, "app", "stubs");
        command[3] = "../examples/chess/manifest.json";
        (command[4], command[5]) = ("--solidity", "../examples/chess/contracts");
        command[6] = "--check";
        vm.ffi(command);
    }

    function testFoolsMateIsPaid() public withApp {
        uint256 game = played(FOOLS_MATE);

        _answer(judge(game, BLACK));

        assertEnded(game, 0, 2 * STAKE, "mate");
    }

    function testStalemateIsSplit() public withApp {
        uint256 game = played(STALEMATE);

        _answer(judge(game, WHITE));

        assertEnded(game, STAKE, STAKE, "stalemate");
    }

    /// @dev Castling, en passant and promotion: the contract moves the pieces to where the rules do.
    function testEveryMoveOfAGameLandsWhereTheRulesSay() public withApp {
        uint256 game = started();
        bytes memory moves = bytes(LONG_GAME);
        for (uint256 i = 0; i < moves.length; i += 5) {
            bytes memory move = new bytes(5);
            for (uint256 j = 0; j < 5; ++j) {
                move[j] = moves[i + j];
            }
            play(game, string(move));
            IChessGame.Game memory own = chess.viewGame(game);
            bytes memory said = _answer(judge(game, WHITE));
            bool isLast = i + 5 == moves.length;
            bytes memory expected = abi.encode(true, own.board, uint256(own.state), isLast ? 1 : 0);
            vm.assertEq(said, expected, string(move));
        }
        assertEnded(game, 2 * STAKE, 0, "mate");
    }

    function testIllegalMovesLose() public withApp {
        _isIllegal("e2e4 e8e4 ");
        _isIllegal("e2e4 a8a5 ");
        _isIllegal("e2e4 e8g8 ");
        _isIllegal("e2e4 a7a5q");
    }

    /// @dev Both let it pass that a king was taken.
    function testAPositionThatNoGameHasIsUndecided() public withApp {
        uint256 game = played("e2e4 e7e5 d1e8 a7a6 ");

        _answer(judge(game, WHITE));

        assertEnded(game, STAKE, STAKE, "undecided");
    }

    function _isIllegal(string memory moves) private {
        uint256 game = played(moves);
        uint256 before = chess.owedTo(WHITE);

        _answer(judge(game, WHITE));

        vm.assertEq(chess.owedTo(WHITE), before + 2 * STAKE, moves);
    }
}
