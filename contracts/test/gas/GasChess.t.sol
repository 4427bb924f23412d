// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import "../../src/interfaces/HubTypes.sol";
import {ChessGame} from "@ruche/chess/ChessGame.sol";
import {IChessGame} from "@ruche/chess/IChessGame.sol";
import {KitFixture} from "../kit/KitFixture.sol";

/// @title What a game of chess costs on chain; a mate is judged by the grid
/// forge-config: default.isolate = true
contract GasChessTest is KitFixture {
    string private constant SCENARIO = "chess-game";
    address private constant WHITE = address(0x3417e);
    address private constant BLACK = address(0xb1ac);
    uint96 private constant STAKE = 5e9;

    ChessGame private _chess;

    function setUp() public override {
        super.setUp();
        ChessGame.Judging memory judging =
            ChessGame.Judging(app, address(0), 1, BUDGET, APP_PRICE, 4000);
        _chess =
            ChessGame(vm.deployCode("ChessGame.sol:ChessGame", abi.encode(address(hub), judging)));
        _payIn(WHITE);
        _payIn(BLACK);
        _foolsMate("");
    }

    function testFoolsMate() public {
        _foolsMate(SCENARIO);
        vm.assertEq(_chess.owedTo(BLACK), 4 * uint256(STAKE), "both games");
    }

    function _foolsMate(string memory scenario) private {
        vm.prank(WHITE);
        uint256 game = _chess.create(STAKE, 1 days);
        _record(scenario, "create");
        vm.prank(BLACK);
        _chess.join(game);
        _record(scenario, "join");
        _move(game, WHITE, 13 | (21 << 6));
        _record(scenario, "first move");
        _move(game, BLACK, 52 | (36 << 6));
        _record(scenario, "second move");
        _move(game, WHITE, 14 | (30 << 6));
        _record(scenario, "third move");
        _move(game, BLACK, 59 | (31 << 6));
        vm.prank(BLACK);
        _chess.judge(game);
        _record(scenario, "judge");
        DealId dealid = matchOpen(broadcastOrder());
        IChessGame.Game memory found = _chess.viewGame(game);
        bytes memory mate = abi.encode(true, found.board, uint256(found.state), uint256(1));
        vote(dealid, mate);
        finish(dealid, mate);
        _record(scenario, "finalize, with the mate");
    }

    function _move(uint256 game, address player, uint16 move) private {
        vm.prank(player);
        _chess.move(game, move);
    }

    function _payIn(address player) private {
        vm.prank(admin);
        ruc.mint(player, 1e12);
        vm.prank(player);
        ruc.approve(address(_chess), 1e12);
    }

    function _record(string memory scenario, string memory name) private {
        (, uint64 used,,,) = vm.lastCallGas();
        if (bytes(scenario).length > 0) vm.snapshotValue(scenario, name, used);
    }
}
