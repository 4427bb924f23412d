// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IHub} from "../../src/interfaces/IHub.sol";
import {TestBase} from "./TestBase.sol";

/// @title Gives a worker a past, which takes many tasks otherwise
abstract contract ScoreSetter is TestBase {
    /// @dev Slot of `_scores` in HubStorage; checked on every use.
    uint256 private constant SCORES_SLOT = 4;

    function setScore(address hub, address worker, uint256 score) internal {
        vm.store(hub, keccak256(abi.encode(worker, SCORES_SLOT)), bytes32(score));
        vm.assertEq(IHub(hub).viewScore(worker), score, "slot of _scores");
    }
}
