// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IHubAdmin} from "./IHubAdmin.sol";
import {IHubLegacyViews} from "./IHubLegacyViews.sol";
import {IHubMarket} from "./IHubMarket.sol";
import {IHubOrders} from "./IHubOrders.sol";
import {IHubTasks} from "./IHubTasks.sol";
import {IHubViews} from "./IHubViews.sol";
import {INativeEscrow} from "./INativeEscrow.sol";

/// @title Everything that the address of a hub in native mode answers to
interface INativeHub is
    IHubMarket,
    IHubTasks,
    INativeEscrow,
    IHubOrders,
    IHubViews,
    IHubLegacyViews,
    IHubAdmin
{}
