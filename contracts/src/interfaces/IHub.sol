// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IHubAdmin} from "./IHubAdmin.sol";
import {IHubEscrow} from "./IHubEscrow.sol";
import {IHubLegacyViews} from "./IHubLegacyViews.sol";
import {IHubMarket} from "./IHubMarket.sol";
import {IHubOrders} from "./IHubOrders.sol";
import {IHubTasks} from "./IHubTasks.sol";
import {IHubViews} from "./IHubViews.sol";

/// @title Everything that one hub address answers to
interface IHub is
    IHubMarket,
    IHubTasks,
    IHubEscrow,
    IHubOrders,
    IHubViews,
    IHubLegacyViews,
    IHubAdmin
{}
