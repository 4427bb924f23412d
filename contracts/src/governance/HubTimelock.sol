// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";

/// @title Owner of a public hub: what it does is announced, and waits longer than deals run
/// @notice Nobody administers the timelock but itself, by the same announcements.
contract HubTimelock is TimelockController {
    /// @notice Longer than the final deadline of the longest usual category (100 hours).
    uint256 public constant MIN_DELAY_SECONDS = 7 days;

    error DelayTooShort(uint256 delaySeconds, uint256 minSeconds);

    /// @param proposers may announce and cancel
    /// @param executors may carry out what has waited; the zero address: everybody
    constructor(uint256 delaySeconds, address[] memory proposers, address[] memory executors)
        TimelockController(delaySeconds, proposers, executors, address(0))
    {
        _requireLong(delaySeconds);
    }

    function updateDelay(uint256 newDelay) public override {
        _requireLong(newDelay);
        super.updateDelay(newDelay);
    }

    function _requireLong(uint256 delaySeconds) private pure {
        if (delaySeconds < MIN_DELAY_SECONDS) {
            revert DelayTooShort(delaySeconds, MIN_DELAY_SECONDS);
        }
    }
}
