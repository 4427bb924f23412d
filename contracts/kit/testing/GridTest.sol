// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {TaskFailed} from "../Failures.sol";
import {MockGrid} from "./MockGrid.sol";

/// @dev The cheat codes of forge that a `GridTest` needs.
interface GridCheats {
    function ffi(string[] calldata command) external returns (bytes memory);
    function toString(bytes calldata value) external pure returns (string memory);
}

/// @title For forge tests of a dapp: a grid without a pool that runs the dapp's real app
/// @notice Inherit beside forge-std's `Test`, call `_useApp` with the app's module, and after the
/// dapp has called: `_answer(id)`. The module is run by `ruche app serve` on this machine, in which
/// it stays warm from test to test; forge needs `ffi = true`. Only where a test must not run the
/// app, tell it beforehand what comes back: `_cannedAnswer`, `_cannedFailure`.
abstract contract GridTest {
    GridCheats private constant CHEATS =
        GridCheats(address(uint160(uint256(keccak256("hevm cheat code")))));

    MockGrid internal immutable GRID = new MockGrid();

    /// @dev What the pool asks for an open call, if its order allows as much.
    uint256 internal _appPrice = 1e6;
    uint256 internal _poolPrice = 1e7;

    string private _module;
    bytes[] private _canned;
    uint256 private _nextCanned;

    error NoAppToRun(bytes32 id);

    /// @param module path of the app's module, from the folder in which forge runs
    function _useApp(string memory module) internal {
        _module = module;
    }

    /// @notice Instead of the next run: the app gives this answer, say `abi.encode(true)`.
    function _cannedAnswer(bytes memory answer) internal {
        _canned.push(answer);
    }

    /// @notice Instead of the next run: the app fails.
    /// @param code one of `FailureCode`
    function _cannedFailure(uint8 code, string memory detail) internal {
        _canned.push(abi.encodeWithSelector(TaskFailed.selector, code, detail));
    }

    /// @notice A pool takes the call if it is open, runs it, and calls the dapp back.
    /// @return callbackData what the dapp was called back with
    function _answer(bytes32 id) internal returns (bytes memory callbackData) {
        _take(id);
        callbackData = _nextCanned < _canned.length ? _canned[_nextCanned++] : _run(id);
        GRID.finish(id, callbackData);
    }

    /// @notice The same for all calls that wait, oldest first; not for those made meanwhile.
    function _answerAll() internal {
        bytes32[] memory ids = GRID.waiting();
        for (uint256 i = 0; i < ids.length; ++i) {
            _answer(ids[i]);
        }
    }

    /// @notice A pool takes the call if it is open.
    function _take(bytes32 id) internal {
        if (GRID.isOpen(id)) GRID.take(id, _appPrice, _poolPrice);
    }

    /// @notice A deposit for the dapp, out of nothing.
    function _fundCaller(address dapp, uint256 amount) internal {
        GRID.mint(dapp, amount);
    }

    /// @notice Runs the call's app.
    function _run(bytes32 id) internal virtual returns (bytes memory callbackData) {
        if (bytes(_module).length == 0) revert NoAppToRun(id);
        string[] memory command = new string[](4);
        command[0] = "node";
        command[1] = _answerScript();
        command[2] = _module;
        command[3] = CHEATS.toString(GRID.argumentsOf(id));
        return CHEATS.ffi(command);
    }

    /// @notice Where `answer.mjs` of this package is, from the folder in which forge runs.
    function _answerScript() internal view virtual returns (string memory) {
        return "node_modules/@ruche/kit/bin/answer.mjs";
    }
}
