// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

/// @title Write-once bytes kept as the code of a tiny contract
/// @notice Storing n bytes costs about 34,000 + 200 n gas instead of 690 n in storage slots, and
/// reading them all one cold access. The address follows from the key alone, so no pointer is stored:
/// the creation code is always the same and asks its creator for the bytes, which wait in transient
/// storage. Needs the Cancun rules (EIP-1153) and a chain where code can be made of data.
library CodeStore {
    /// @notice Thrown when bytes do not fit in the code of one contract (EIP-170).
    error DataTooLong(uint256 length, uint256 max);
    error DataNotStored(bytes32 key);

    /// @dev One byte of EIP-170's 24,576 is the leading STOP.
    uint256 internal constant MAX_LENGTH = 24_575;

    // PUSH4 selector, MSTORE; STATICCALL(caller, selector); return what came back as code.
    bytes32 private constant INIT_CODE =
        0x63d23cb5175f525f5f6004601c335afa503d5f5f3e3d5ff30000000000000000;
    uint256 private constant INIT_CODE_LENGTH = 24;

    /// @dev Transient slot of the length; the words follow. keccak256("ruche.CodeStore") - 1.
    uint256 private constant PENDING =
        0xc82293e1fa9f6ab609bae597736e4db7d48785f7ed4e9b903556c18c2e1e784b;

    /// @notice Stores `data` under a key that was never used before.
    function write(bytes32 key, bytes memory data) internal {
        if (data.length > MAX_LENGTH) revert DataTooLong(data.length, MAX_LENGTH);
        _setPending(data);
        address store;
        uint256 size;
        assembly ("memory-safe") {
            mstore(0, INIT_CODE)
            store := create2(0, 0, INIT_CODE_LENGTH, key)
            size := extcodesize(store)
            tstore(PENDING, 0)
        }
        // A caller that starves the creation of gas could otherwise leave an empty store behind.
        if (store == address(0) || size != data.length + 1) revert DataNotStored(key);
    }

    /// @notice What was stored under a key; empty when nothing was.
    function read(bytes32 key) internal view returns (bytes memory data) {
        address store = addressOf(key);
        uint256 size = store.code.length;
        if (size == 0) return data;
        data = new bytes(size - 1);
        assembly ("memory-safe") {
            extcodecopy(store, add(data, 0x20), 1, sub(size, 1))
        }
    }

    function addressOf(bytes32 key) internal view returns (address) {
        bytes32 codeHash = keccak256(abi.encodePacked(bytes24(INIT_CODE)));
        bytes32 hash = keccak256(abi.encodePacked(bytes1(0xff), address(this), key, codeHash));
        return address(uint160(uint256(hash)));
    }

    /// @notice Ends the call with the pending bytes behind a STOP: what the creation code asks for.
    function returnPending() internal view {
        assembly ("memory-safe") {
            let length := tload(PENDING)
            let start := mload(0x40)
            mstore8(start, 0)
            for { let i := 0 } lt(i, length) { i := add(i, 0x20) } {
                mstore(add(add(start, 1), i), tload(add(add(PENDING, 1), shr(5, i))))
            }
            return(start, add(length, 1))
        }
    }

    function _setPending(bytes memory data) private {
        assembly ("memory-safe") {
            let length := mload(data)
            tstore(PENDING, length)
            for { let i := 0 } lt(i, length) { i := add(i, 0x20) } {
                tstore(add(add(PENDING, 1), shr(5, i)), mload(add(add(data, 0x20), i)))
            }
        }
    }
}
