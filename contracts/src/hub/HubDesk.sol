// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {DeskBase} from "./DeskBase.sol";
import {HubViews} from "./HubViews.sol";
import {TokenEscrow} from "./TokenEscrow.sol";

/// @title The desk of a hub whose deposits are an ERC-20 token
contract HubDesk is TokenEscrow, DeskBase {
    constructor(HubViews views, address previousHub_) DeskBase(views, previousHub_) {}
}
