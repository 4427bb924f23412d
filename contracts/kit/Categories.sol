// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IGrid} from "./IGrid.sol";
import {IGridCaller} from "./IGridCaller.sol";

/// @title From deadlines to categories: a hub ends a task 10 times its category's reference time
/// after the match
library Categories {
    uint256 private constant FINAL_DEADLINE_RATIO = 10;
    /// @dev Categories with higher ids are not considered for open calls.
    uint256 private constant MAX_CATEGORIES = 8;
    /// @dev Seconds that an open call leaves at least for a pool to take it.
    uint256 private constant MIN_MATCH_SECONDS = 30;

    /// @notice The reference times of the hub's first categories, 32 bits each; a category never
    /// changes.
    function read(IGrid grid) internal view returns (uint256 timerefs) {
        uint256 count = grid.countCategory();
        for (uint256 i = 0; i < count && i < MAX_CATEGORIES; ++i) {
            uint256 timeref = grid.viewCategory(i).workClockTimeRef;
            if (timeref <= type(uint32).max) timerefs |= timeref << (32 * i);
        }
    }

    /// @notice The longest category that ends by the deadline if a pool takes the call soon enough.
    function longestBy(uint256 timerefs, uint256 deadline)
        internal
        view
        returns (uint256 category, uint256 finalSeconds)
    {
        uint256 first = block.timestamp + MIN_MATCH_SECONDS;
        uint256 earliest = type(uint256).max;
        for (uint256 i = 0; i < MAX_CATEGORIES; ++i) {
            uint256 candidate = uint32(timerefs >> (32 * i)) * FINAL_DEADLINE_RATIO;
            if (candidate == 0) continue;
            if (first + candidate < earliest) earliest = first + candidate;
            if (first + candidate > deadline || candidate <= finalSeconds) continue;
            (category, finalSeconds) = (i, candidate);
        }
        if (finalSeconds == 0) revert IGridCaller.DeadlineTooEarly(deadline, earliest);
    }

    /// @notice Reverts when a task of the category that begins now may end after the deadline.
    function requireEndsBy(IGrid grid, uint256 category, uint256 deadline)
        internal
        view
        returns (uint256 finalSeconds)
    {
        finalSeconds = grid.viewCategory(category).workClockTimeRef * FINAL_DEADLINE_RATIO;
        uint256 earliest = block.timestamp + finalSeconds;
        if (earliest > deadline) revert IGridCaller.DeadlineTooEarly(deadline, earliest);
    }
}
