// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @title Reads the arguments of a call out of its params, as a worker does
library CallParams {
    /// @dev Bytes before and after the digits: `{"iexec_args":"0x`,
    /// `","ruche":{"failureCallback":true}}`.
    uint256 private constant HEAD = 17;
    uint256 private constant TAIL = 35;

    function argumentsOf(string memory params) internal pure returns (bytes memory args) {
        bytes memory text = bytes(params);
        args = new bytes((text.length - HEAD - TAIL) / 2);
        for (uint256 i = 0; i < args.length; ++i) {
            uint256 at = HEAD + 2 * i;
            args[i] = bytes1(16 * _digit(text[at]) + _digit(text[at + 1]));
        }
    }

    function _digit(bytes1 letter) private pure returns (uint8) {
        return letter <= "9" ? uint8(letter) - uint8(bytes1("0")) : uint8(letter) - 87;
    }
}
