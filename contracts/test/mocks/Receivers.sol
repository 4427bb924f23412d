// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IHub} from "../../src/interfaces/IHub.sol";
import {INativeEscrow} from "../../src/interfaces/INativeEscrow.sol";

/// @dev Takes no coin.
contract CoinRefuser {
    receive() external payable {
        revert("no coin");
    }
}

/// @dev Calls the hub again when it is sent coin.
contract ReentrantReceiver {
    IHub private immutable HUB;
    bool public secondSucceeded;
    uint256 private _amount;
    uint256 private _next;

    constructor(IHub hub) {
        HUB = hub;
    }

    function withdrawTwice(uint256 amount) external {
        _amount = amount;
        HUB.withdraw(amount);
    }

    function depositTwice(uint256 first, uint256 second) external {
        _next = second;
        INativeEscrow(address(HUB)).deposit{value: first}();
    }

    receive() external payable {
        if (_amount > 0) {
            try HUB.withdraw(_amount) {
                secondSucceeded = true;
            } catch {}
        } else if (_next > 0) {
            uint256 value = _next;
            _next = 0;
            INativeEscrow(address(HUB)).deposit{value: value}();
        }
    }
}
