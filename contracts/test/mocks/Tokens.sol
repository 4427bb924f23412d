// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IHub} from "../../src/interfaces/IHub.sol";

/// @dev Takes one percent of every transfer.
contract FeeToken is ERC20("fee", "FEE") {
    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function _update(address from, address to, uint256 value) internal override {
        if (from == address(0) || to == address(0)) return super._update(from, to, value);
        super._update(from, to, value - value / 100);
        super._update(from, address(0), value / 100);
    }
}

/// @dev Deposits once more from inside the transfer of a deposit.
contract ReentrantToken is ERC20("reenter", "RE") {
    IHub public hub;
    bool private _entered;

    function arm(IHub target) external {
        hub = target;
        _mint(address(this), 1000);
        _approve(address(this), address(target), 1000);
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function _update(address from, address to, uint256 value) internal override {
        super._update(from, to, value);
        if (address(hub) != address(0) && to == address(hub) && !_entered) {
            _entered = true;
            hub.deposit(1000);
        }
    }
}
