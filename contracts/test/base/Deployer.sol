// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Category} from "../../src/interfaces/HubTypes.sol";
import {ICombinedGroup, IMemberGroup} from "../../src/interfaces/IGroups.sol";
import {IHub} from "../../src/interfaces/IHub.sol";
import {
    IAppRegistry,
    IDatasetRegistry,
    IWorkerpoolRegistry
} from "../../src/interfaces/IRegistries.sol";
import {IRuc} from "../../src/interfaces/IRuc.sol";
import {IWorkerAccount} from "../../src/interfaces/IWorkerAccount.sol";
import {TestBase} from "./TestBase.sol";

/// @title Deploys by name, in the order of the README
/// @notice Tests import interfaces only: so they meet the optimized code that is shipped, while they
/// themselves are compiled without optimizer, which takes a third of the time.
abstract contract Deployer is TestBase {
    function deployRuc(address faucet) internal returns (IRuc) {
        return IRuc(_deploy("Ruc.sol:Ruc", abi.encode(faucet)));
    }

    function deployAppRegistry(address previous) internal returns (IAppRegistry) {
        return IAppRegistry(_deploy("AppRegistry.sol:AppRegistry", abi.encode(previous)));
    }

    function deployDatasetRegistry(address previous) internal returns (IDatasetRegistry) {
        return
            IDatasetRegistry(_deploy("DatasetRegistry.sol:DatasetRegistry", abi.encode(previous)));
    }

    function deployWorkerpoolRegistry(address previous) internal returns (IWorkerpoolRegistry) {
        return IWorkerpoolRegistry(
            _deploy("WorkerpoolRegistry.sol:WorkerpoolRegistry", abi.encode(previous))
        );
    }

    /// @notice The code that hubs delegate to, for this token and these registries.
    function deployDesk(address token, address apps, address datasets, address pools)
        internal
        returns (IHub)
    {
        return deployDesk(deployViews(token, apps, datasets, pools), address(0));
    }

    /// @notice A desk that knows scores of a previous hub.
    function deployDesk(address views, address previousHub) internal returns (IHub) {
        return IHub(_deploy("HubDesk.sol:HubDesk", abi.encode(views, previousHub)));
    }

    /// @notice A desk for deposits of the chain's own coin.
    function deployNativeDesk(address apps, address datasets, address pools)
        internal
        returns (IHub)
    {
        address views = deployViews(address(0), apps, datasets, pools);
        return IHub(_deploy("NativeHubDesk.sol:NativeHubDesk", abi.encode(views, address(0))));
    }

    function deployViews(address token, address apps, address datasets, address pools)
        internal
        returns (address)
    {
        return _deploy("HubViews.sol:HubViews", abi.encode(token, apps, datasets, pools));
    }

    function deployMemberGroup(address owner, address[] memory members)
        internal
        returns (IMemberGroup)
    {
        return IMemberGroup(_deploy("MemberGroup.sol:MemberGroup", abi.encode(owner, members)));
    }

    /// @param kind UnionGroup or IntersectionGroup
    function deployCombinedGroup(string memory kind, address[] memory parts)
        internal
        returns (ICombinedGroup)
    {
        return ICombinedGroup(_deploy(string.concat("CombinedGroup.sol:", kind), abi.encode(parts)));
    }

    function deployTimelock(
        uint256 delaySeconds,
        address[] memory proposers,
        address[] memory executors
    ) internal returns (address payable) {
        return payable(_deploy(
                "HubTimelock.sol:HubTimelock", abi.encode(delaySeconds, proposers, executors)
            ));
    }

    function deployWorkerAccount(address hub, address owner) internal returns (IWorkerAccount) {
        return IWorkerAccount(_deploy("WorkerAccount.sol:WorkerAccount", abi.encode(hub, owner)));
    }

    function deployHub(IHub desk, address owner, Category[] memory categories)
        internal
        returns (IHub)
    {
        return IHub(_deploy("Hub.sol:Hub", abi.encode(desk, owner, categories)));
    }

    function _deploy(string memory artifact, bytes memory arguments) private returns (address) {
        return vm.deployCode(artifact, arguments);
    }
}
