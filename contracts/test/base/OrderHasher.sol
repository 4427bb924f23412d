// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import "../../src/interfaces/HubTypes.sol";
import {IHub} from "../../src/interfaces/IHub.sol";
import {OrderHashes} from "../../src/libraries/OrderHashes.sol";

/// @title What has to be signed for one hub: orders in memory to EIP-712 hashes
contract OrderHasher {
    using OrderHashes for AppOrder;
    using OrderHashes for DatasetOrder;
    using OrderHashes for WorkerpoolOrder;
    using OrderHashes for RequestOrder;

    IHub private immutable HUB;

    constructor(IHub hub) {
        HUB = hub;
    }

    function ofApp(AppOrder calldata order) external view returns (bytes32) {
        return typed(order.hash());
    }

    function ofDataset(DatasetOrder calldata order) external view returns (bytes32) {
        return typed(order.hash());
    }

    function ofPool(WorkerpoolOrder calldata order) external view returns (bytes32) {
        return typed(order.hash());
    }

    function ofRequest(RequestOrder calldata order) external view returns (bytes32) {
        return typed(order.hash());
    }

    function operationOnApp(AppOrder calldata order, OrderOperation operation)
        external
        view
        returns (bytes32)
    {
        return _operation(OrderHashes.APP_OPERATION_TYPEHASH, order.hash(), operation);
    }

    function operationOnDataset(DatasetOrder calldata order, OrderOperation operation)
        external
        view
        returns (bytes32)
    {
        return _operation(OrderHashes.DATASET_OPERATION_TYPEHASH, order.hash(), operation);
    }

    function operationOnPool(WorkerpoolOrder calldata order, OrderOperation operation)
        external
        view
        returns (bytes32)
    {
        return _operation(OrderHashes.WORKERPOOL_OPERATION_TYPEHASH, order.hash(), operation);
    }

    function operationOnRequest(RequestOrder calldata order, OrderOperation operation)
        external
        view
        returns (bytes32)
    {
        return _operation(OrderHashes.REQUEST_OPERATION_TYPEHASH, order.hash(), operation);
    }

    function typed(bytes32 structHash) public view returns (bytes32) {
        return keccak256(abi.encodePacked("\x19\x01", HUB.eip712domain_separator(), structHash));
    }

    function _operation(bytes32 typeHash, bytes32 structHash, OrderOperation operation)
        private
        view
        returns (bytes32)
    {
        return typed(OrderHashes.operationHash(typeHash, structHash, operation));
    }
}
