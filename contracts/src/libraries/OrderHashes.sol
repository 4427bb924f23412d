// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {
    AppOrder,
    DatasetOrder,
    WorkerpoolOrder,
    RequestOrder,
    OrderOperation
} from "../interfaces/HubTypes.sol";

/// @title EIP-712 struct hashes of orders and of operations on orders
library OrderHashes {
    string private constant APP_TYPE =
        "AppOrder(address app,uint256 appprice,uint256 volume,bytes32 tag,address datasetrestrict,address workerpoolrestrict,address requesterrestrict,bytes32 salt)";
    string private constant DATASET_TYPE =
        "DatasetOrder(address dataset,uint256 datasetprice,uint256 volume,bytes32 tag,address apprestrict,address workerpoolrestrict,address requesterrestrict,bytes32 salt)";
    string private constant WORKERPOOL_TYPE =
        "WorkerpoolOrder(address workerpool,uint256 workerpoolprice,uint256 volume,bytes32 tag,uint256 category,uint256 trust,address apprestrict,address datasetrestrict,address requesterrestrict,bytes32 salt)";
    string private constant REQUEST_TYPE =
        "RequestOrder(address app,uint256 appmaxprice,address dataset,uint256 datasetmaxprice,address workerpool,uint256 workerpoolmaxprice,address requester,uint256 volume,bytes32 tag,uint256 category,uint256 trust,address beneficiary,address callback,string params,bytes32 salt)";

    bytes32 internal constant APP_TYPEHASH = keccak256(bytes(APP_TYPE));
    bytes32 internal constant DATASET_TYPEHASH = keccak256(bytes(DATASET_TYPE));
    bytes32 internal constant WORKERPOOL_TYPEHASH = keccak256(bytes(WORKERPOOL_TYPE));
    bytes32 internal constant REQUEST_TYPEHASH = keccak256(bytes(REQUEST_TYPE));
    bytes32 internal constant APP_OPERATION_TYPEHASH = keccak256(
        abi.encodePacked("AppOrderOperation(AppOrder order,uint256 operation)", APP_TYPE)
    );
    bytes32 internal constant DATASET_OPERATION_TYPEHASH = keccak256(
        abi.encodePacked(
            "DatasetOrderOperation(DatasetOrder order,uint256 operation)", DATASET_TYPE
        )
    );
    bytes32 internal constant WORKERPOOL_OPERATION_TYPEHASH = keccak256(
        abi.encodePacked(
            "WorkerpoolOrderOperation(WorkerpoolOrder order,uint256 operation)", WORKERPOOL_TYPE
        )
    );
    bytes32 internal constant REQUEST_OPERATION_TYPEHASH = keccak256(
        abi.encodePacked(
            "RequestOrderOperation(RequestOrder order,uint256 operation)", REQUEST_TYPE
        )
    );

    function hash(AppOrder calldata order) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                APP_TYPEHASH,
                order.app,
                order.appprice,
                order.volume,
                order.tag,
                order.datasetrestrict,
                order.workerpoolrestrict,
                order.requesterrestrict,
                order.salt
            )
        );
    }

    function hash(DatasetOrder calldata order) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                DATASET_TYPEHASH,
                order.dataset,
                order.datasetprice,
                order.volume,
                order.tag,
                order.apprestrict,
                order.workerpoolrestrict,
                order.requesterrestrict,
                order.salt
            )
        );
    }

    function hash(WorkerpoolOrder calldata order) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                WORKERPOOL_TYPEHASH,
                order.workerpool,
                order.workerpoolprice,
                order.volume,
                order.tag,
                order.category,
                order.trust,
                order.apprestrict,
                order.datasetrestrict,
                order.requesterrestrict,
                order.salt
            )
        );
    }

    // In two halves: sixteen values do not fit on the stack.
    function hash(RequestOrder calldata order) internal pure returns (bytes32) {
        bytes memory head = abi.encode(
            REQUEST_TYPEHASH,
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

    function operationHash(bytes32 typeHash, bytes32 orderStructHash, OrderOperation operation)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode(typeHash, orderStructHash, operation));
    }
}
