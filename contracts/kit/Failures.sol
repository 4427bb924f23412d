// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @notice Why a call got no answer. `detail` is for people; decide by `code`.
struct Failure {
    uint8 code;
    string detail;
}

/// @notice How a failed run reaches the contract that waits for it: the encoding of this error,
/// which is 4 bytes longer than a multiple of 32 and so never an answer.
error TaskFailed(uint8 code, string detail);

/// @notice How a typed stub refuses an answer that is not of its function. The kit reports such an
/// answer as a failure with INVALID_OUTPUT.
error UnexpectedAnswer(bytes answer);

/// @title What a failure's code means
/// @notice Below 128: certified by the grid, and paid for like an answer. From 128: seen by the
/// contract itself, and refunded.
library FailureCode {
    uint8 internal constant OTHER = 0;
    /// @dev The app ended with an exit code that is not 0; `detail` has it.
    uint8 internal constant EXIT = 1;
    uint8 internal constant TRAP = 2;
    uint8 internal constant FUEL = 3;
    uint8 internal constant MEMORY = 4;
    uint8 internal constant OUTPUT_LIMIT = 5;
    /// @dev Neither an answer nor a failure, or an answer of another type than the call's.
    uint8 internal constant INVALID_OUTPUT = 6;
    uint8 internal constant TIMEOUT = 7;
    uint8 internal constant FETCH = 8;
    uint8 internal constant CHECKSUM = 9;
    uint8 internal constant INVALID_PARAMS = 10;
    uint8 internal constant UNSUPPORTED = 11;
    uint8 internal constant CRASH = 12;
    /// @dev Stopped by the requester of the deal.
    uint8 internal constant CANCELLED = 13;

    uint8 internal constant FIRST_OF_CONTRACT = 128;
    /// @dev No pool took the call while it could still be answered in time.
    uint8 internal constant UNMATCHED = 128;
    /// @dev A pool took the call and did not end it in time.
    uint8 internal constant DEADLINE_MISSED = 129;
}

/// @title Telling answers from failures
library Failures {
    /// @dev Selector, code, offset of the detail, length of the detail.
    uint256 private constant MIN_LENGTH = 4 + 3 * 32;
    uint256 private constant DETAIL_OFFSET = 0x40;

    /// @notice An answer is the ABI encoding of one or more values.
    function isAnswer(bytes memory result) internal pure returns (bool) {
        return result.length > 0 && result.length % 32 == 0;
    }

    /// @notice What bytes that are no answer say. Never reverts: what is not exactly the encoding
    /// of `TaskFailed` with a code of the grid is INVALID_OUTPUT.
    /// @dev Consumes `result`: its bytes are changed.
    function decode(bytes memory result) internal pure returns (Failure memory failure) {
        if (!_isTaskFailed(result)) return Failure(FailureCode.INVALID_OUTPUT, "INVALID_OUTPUT");
        bytes memory values;
        // The same bytes without the selector, in place.
        assembly ("memory-safe") {
            let length := sub(mload(result), 4)
            values := add(result, 4)
            mstore(values, length)
        }
        (failure.code, failure.detail) = abi.decode(values, (uint8, string));
    }

    function _isTaskFailed(bytes memory result) private pure returns (bool) {
        if (result.length < MIN_LENGTH || bytes4(result) != TaskFailed.selector) return false;
        uint256 room = result.length - MIN_LENGTH;
        uint256 length = _word(result, 4 + 64);
        return _word(result, 4) < FailureCode.FIRST_OF_CONTRACT
            && _word(result, 4 + 32) == DETAIL_OFFSET && length <= room && room % 32 == 0
            && room - length < 32;
    }

    /// @dev The caller has checked that the word lies within `data`.
    function _word(bytes memory data, uint256 offset) private pure returns (uint256 word) {
        assembly ("memory-safe") {
            word := mload(add(add(data, 0x20), offset))
        }
    }
}
