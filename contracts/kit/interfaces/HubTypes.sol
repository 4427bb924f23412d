// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

// Forwards in the repository, a copy in the package: see scripts/copies.mjs.
import "../../src/interfaces/HubTypes.sol";
