// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {TestBase} from "../base/TestBase.sol";

/// @title Positions with the outcomes that the chess app gave them
/// @dev Written by `npm run chess-data` in examples/, whose tests check that it is up to date.
abstract contract ChessPositions is TestBase {
    struct Positions {
        string[] names;
        bytes32[] boards;
        uint256[] states;
        uint256[] outcomes;
    }

    string private constant FILE = "test/data/chess.json";

    function read(string memory group) internal view returns (Positions memory positions) {
        string memory json = vm.readFile(FILE);
        positions.names = vm.parseJsonStringArray(json, _key(group, "names"));
        positions.boards = vm.parseJsonBytes32Array(json, _key(group, "boards"));
        positions.states = vm.parseJsonUintArray(json, _key(group, "states"));
        positions.outcomes = vm.parseJsonUintArray(json, _key(group, "outcomes"));
    }

    function _key(string memory group, string memory column) private pure returns (string memory) {
        return string.concat(".", group, ".", column);
    }
}
