// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {HubFixture} from "./base/HubFixture.sol";

/// @dev Every contract fits the limit of EIP-170, which a test chain does not enforce for tests.
contract SizesTest is HubFixture {
    uint256 private constant MAX_CODE_SIZE = 24_576;

    function testEveryContractFits() public {
        address views = deployViews(
            address(ruc), address(appRegistry), address(datasetRegistry), address(poolRegistry)
        );
        _fits(views, "HubViews");
        _fits(address(deployDesk(views, address(0))), "HubDesk");
        _fits(
            address(
                deployNativeDesk(
                    address(appRegistry), address(datasetRegistry), address(poolRegistry)
                )
            ),
            "NativeHubDesk"
        );
        _fits(address(hub), "Hub");
        _fits(address(appRegistry), "AppRegistry");
        _fits(address(datasetRegistry), "DatasetRegistry");
        _fits(address(poolRegistry), "WorkerpoolRegistry");
        _fits(address(deployWorkerAccount(address(hub), address(this))), "WorkerAccount");
    }

    function _fits(address deployed, string memory name) private view {
        vm.assertLe(deployed.code.length, MAX_CODE_SIZE, name);
    }
}
