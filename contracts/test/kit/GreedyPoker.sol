// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IGridCaller} from "../../kit/IGridCaller.sol";

/// @dev Pokes again while it is paid.
contract GreedyPoker {
    IGridCaller private immutable DAPP;
    uint256 public refused;
    bytes32 private _id;

    constructor(IGridCaller dapp) {
        DAPP = dapp;
    }

    receive() external payable {
        try DAPP.poke(_id) {}
        catch {
            ++refused;
        }
    }

    function poke(bytes32 id) external {
        _id = id;
        DAPP.poke(id);
    }
}
