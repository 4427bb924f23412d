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

    constructor(IHub hub) {
        HUB = hub;
    }

    function withdrawTwice(uint256 amount) external {
        _amount = amount;
        HUB.withdraw(amount);
    }

    function depositWithRemainder(uint256 value) external {
        INativeEscrow(address(HUB)).deposit{value: value}();
    }

    receive() external payable {
        if (_amount > 0) {
            try HUB.withdraw(_amount) {
                secondSucceeded = true;
            } catch {}
        } else {
            INativeEscrow(address(HUB)).deposit{value: msg.value}();
        }
    }
}
