// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IHub} from "../../src/interfaces/IHub.sol";
import {INativeEscrow} from "../../src/interfaces/INativeEscrow.sol";
import {HubFixture} from "./HubFixture.sol";
import {OrderHasher} from "./OrderHasher.sol";

/// @title The same deployment, but deposits are the chain's own coin: 1 unit = 1e9 wei
abstract contract NativeFixture is HubFixture {
    uint256 internal constant UNIT = 1e9;

    INativeEscrow internal _native;

    function setUp() public virtual override {
        super.setUp();
        IHub desk =
            deployNativeDesk(address(appRegistry), address(datasetRegistry), address(poolRegistry));
        hub = deployHub(desk, admin, _categories());
        hasher = new OrderHasher(hub);
        _native = INativeEscrow(address(hub));
        _fund(requester);
        _fund(poolOwner);
    }

    /// @dev Nothing in the token hub of `HubFixture`, which this one replaces.
    function _fund(address account) internal virtual override {
        if (address(_native) == address(0)) return;
        vm.deal(address(this), DEPOSIT * UNIT);
        _native.depositFor{value: DEPOSIT * UNIT}(account);
    }
}
