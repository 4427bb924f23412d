// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {INativeEscrow} from "../interfaces/INativeEscrow.sol";
import {Deposits} from "./Deposits.sol";

/// @title Deposits of the chain's own coin
abstract contract NativeEscrow is INativeEscrow, Deposits {
    uint256 private constant WEI_PER_UNIT = 1e9;

    /// @inheritdoc INativeEscrow
    function deposit() external payable returns (bool) {
        _deposit(msg.sender);
        return true;
    }

    /// @inheritdoc INativeEscrow
    function depositFor(address target) external payable returns (bool) {
        _deposit(target);
        return true;
    }

    /// @inheritdoc INativeEscrow
    function depositForArray(uint256[] calldata amounts, address[] calldata targets)
        external
        payable
        returns (bool)
    {
        if (amounts.length != targets.length) {
            revert ArraysDiffer(amounts.length, targets.length);
        }
        uint256 required = 0;
        for (uint256 i = 0; i < amounts.length; ++i) {
            required += amounts[i] * WEI_PER_UNIT;
            _mint(targets[i], amounts[i]);
        }
        if (required > msg.value) revert CoinMissing(msg.value, required);
        _send(msg.sender, msg.value - required);
        return true;
    }

    /// @dev Credits what came with this call, so calling back while the rest is returned gains nothing.
    function _deposit(address target) internal {
        _mint(target, msg.value / WEI_PER_UNIT);
        _send(msg.sender, msg.value % WEI_PER_UNIT);
    }

    function _held() internal view override returns (uint256) {
        return address(this).balance / WEI_PER_UNIT;
    }

    function _pay(address target, uint256 amount) internal override {
        _send(target, amount * WEI_PER_UNIT);
    }

    /// @dev The last thing that a call does: whoever is paid may call back.
    function _send(address target, uint256 amountWei) private {
        if (amountWei == 0) return;
        bool success;
        // By hand, so that nothing that the target returns is copied.
        assembly ("memory-safe") {
            success := call(gas(), target, amountWei, 0, 0, 0, 0)
        }
        if (!success) revert CoinRefused(target, amountWei);
    }
}
