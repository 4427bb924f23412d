// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {DealId, RequestOrder} from "./interfaces/HubTypes.sol";

/// @title The ids of a request order of volume 1, and the params of a call
library Requests {
    bytes32 private constant TYPEHASH = keccak256(
        "RequestOrder(address app,uint256 appmaxprice,address dataset,uint256 datasetmaxprice,address workerpool,uint256 workerpoolmaxprice,address requester,uint256 volume,bytes32 tag,uint256 category,uint256 trust,address beneficiary,address callback,string params,bytes32 salt)"
    );
    string private constant PARAMS_HEAD = '{"iexec_args":"0x';
    string private constant PARAMS_TAIL = '","ruche":{"failureCallback":true}}';

    /// @notice The order's hash, and the only deal and the only task that it can become, known
    /// before the match.
    function idsOf(RequestOrder memory order, bytes32 domainSeparator)
        internal
        pure
        returns (bytes32 hash, DealId dealid, bytes32 taskid)
    {
        hash = keccak256(abi.encodePacked("\x19\x01", domainSeparator, _structHash(order)));
        dealid = DealId.wrap(keccak256(abi.encode(hash, uint256(0))));
        taskid = keccak256(abi.encode(dealid, uint256(0)));
    }

    /// @notice What the app is run with, as the deal's params say it.
    function paramsOf(bytes memory args) internal pure returns (string memory) {
        return string(abi.encodePacked(PARAMS_HEAD, _hex(args), PARAMS_TAIL));
    }

    /// @dev In two halves: sixteen values do not fit on the stack.
    function _structHash(RequestOrder memory order) private pure returns (bytes32) {
        bytes memory head = abi.encode(
            TYPEHASH,
            order.app,
            order.appmaxprice,
            order.dataset,
            order.datasetmaxprice,
            order.workerpool,
            order.workerpoolmaxprice,
            order.requester
        );
        bytes memory tail = abi.encode(
            order.volume,
            order.tag,
            order.category,
            order.trust,
            order.beneficiary,
            order.callback,
            keccak256(bytes(order.params)),
            order.salt
        );
        return keccak256(bytes.concat(head, tail));
    }

    /// @dev Sixteen bytes a step; a loop over single bytes takes fifteen times the gas.
    function _hex(bytes memory data) private pure returns (bytes memory text) {
        uint256 length = data.length;
        text = new bytes(2 * length + 32);
        for (uint256 i = 0; i < length; i += 16) {
            // Up to 16 bytes behind `data` are read; what they become is cut off below.
            assembly ("memory-safe") {
                let x := shr(128, mload(add(add(data, 0x20), i)))
                x := and(
                    or(shl(64, x), x),
                    0x0000000000000000ffffffffffffffff0000000000000000ffffffffffffffff
                )
                x := and(
                    or(shl(32, x), x),
                    0x00000000ffffffff00000000ffffffff00000000ffffffff00000000ffffffff
                )
                x := and(
                    or(shl(16, x), x),
                    0x0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff
                )
                x := and(
                    or(shl(8, x), x),
                    0x00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff
                )
                x := and(
                    or(shl(4, x), x),
                    0x0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f
                )
                // Nibbles from 10 on carry into the high half of their byte when 6 is added.
                let letters :=
                    and(
                        shr(
                            4,
                            add(
                                x,
                                mul(
                                    6,
                                    0x0101010101010101010101010101010101010101010101010101010101010101
                                )
                            )
                        ),
                        0x0101010101010101010101010101010101010101010101010101010101010101
                    )
                x := add(
                    add(x, 0x3030303030303030303030303030303030303030303030303030303030303030),
                    mul(letters, 39)
                )
                mstore(add(add(text, 0x20), mul(2, i)), x)
            }
        }
        assembly ("memory-safe") {
            mstore(text, mul(2, length))
        }
    }
}
