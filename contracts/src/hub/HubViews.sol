// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IRegistry} from "../interfaces/IRegistries.sol";
import {HubConfig, HubStorage} from "./HubStorage.sol";
import {LegacyViews} from "./LegacyViews.sol";

/// @title Reading the hub
/// @notice Code that the hub runs in its own storage; last in the row, so it refuses what nobody knows.
contract HubViews is LegacyViews {
    constructor(
        IERC20 token,
        IRegistry appRegistry,
        IRegistry datasetRegistry,
        IRegistry workerpoolRegistry
    ) HubStorage(HubConfig(token, appRegistry, datasetRegistry, workerpoolRegistry)) {}

    fallback() external payable {
        revert("fallback-disabled");
    }

    receive() external payable {
        revert("fallback-disabled");
    }

    /// @notice What a hub made with these views is built on.
    function config() external view returns (HubConfig memory) {
        return HubConfig(TOKEN, APP_REGISTRY, DATASET_REGISTRY, WORKERPOOL_REGISTRY);
    }
}
