// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {DeskBase} from "./DeskBase.sol";
import {HubViews} from "./HubViews.sol";
import {NativeEscrow} from "./NativeEscrow.sol";

/// @title The desk of a hub whose deposits are the chain's own coin
contract NativeHubDesk is NativeEscrow, DeskBase {
    /// @param views made with the zero address for a token
    constructor(HubViews views, address previousHub_) DeskBase(views, previousHub_) {}

    receive() external payable override {
        _deposit(msg.sender);
    }
}
