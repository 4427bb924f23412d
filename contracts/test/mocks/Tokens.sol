// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

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

/// @dev Calls the hub once from inside the transfer of a deposit.
contract ReentrantToken is ERC20("reenter", "RE") {
    address private _hub;
    bytes private _call;

    function arm(address hub, bytes calldata call) external {
        (_hub, _call) = (hub, call);
        _mint(address(this), 1000);
        _approve(address(this), hub, 1000);
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function _update(address from, address to, uint256 value) internal override {
        super._update(from, to, value);
        if (_hub == address(0) || to != _hub) return;
        _hub = address(0);
        (bool success, bytes memory reason) = to.call(_call);
        if (success) return;
        assembly {
            revert(add(reason, 0x20), mload(reason))
        }
    }
}
