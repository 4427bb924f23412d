// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";

/// @dev An ERC-1271 account that accepts one signature for everything.
contract ContractWallet is IERC1271 {
    bytes32 private immutable ACCEPTED;

    constructor(bytes memory accepted) {
        ACCEPTED = keccak256(accepted);
    }

    function isValidSignature(bytes32, bytes calldata signature) external view returns (bytes4) {
        return keccak256(signature) == ACCEPTED ? this.isValidSignature.selector : bytes4(0);
    }

    function run(address target, bytes calldata data) external {
        (bool success, bytes memory reason) = target.call(data);
        if (success) return;
        assembly {
            revert(add(reason, 0x20), mload(reason))
        }
    }
}

/// @dev An ERC-1271 account that always reverts.
contract BrokenWallet is IERC1271 {
    function isValidSignature(bytes32, bytes calldata) external pure returns (bytes4) {
        revert("broken");
    }
}

/// @dev An ERC-1271 account that never answers.
contract LoopingWallet is IERC1271 {
    function isValidSignature(bytes32, bytes calldata) external view returns (bytes4) {
        while (gasleft() > 0) {}
        return this.isValidSignature.selector;
    }
}

/// @dev An ERC-1271 account that says yes in many more bytes than asked for.
contract LoudWallet {
    function isValidSignature(bytes32, bytes calldata) external pure {
        bytes4 yes = IERC1271.isValidSignature.selector;
        assembly {
            mstore(0, yes)
            return(0, 100000)
        }
    }
}

/// @dev An ERC-1271 account that tries to change something while it is asked.
contract WritingWallet is IERC1271 {
    uint256 private _asked;

    function isValidSignature(bytes32, bytes calldata) external view returns (bytes4) {
        (bool success,) = address(this).staticcall(abi.encodeCall(this.write, ()));
        require(success, "asked statically");
        return this.isValidSignature.selector;
    }

    function write() external {
        ++_asked;
    }
}
