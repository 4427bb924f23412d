// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {
    AppOrder,
    AppOrderOperation,
    DatasetOrder,
    DatasetOrderOperation,
    Deal,
    DealId,
    OrderOperation,
    RequestOrder,
    RequestOrderOperation,
    WorkerpoolOrder,
    WorkerpoolOrderOperation
} from "../interfaces/HubTypes.sol";
import {IHubOrders} from "../interfaces/IHubOrders.sol";
import {IResource} from "../interfaces/IResources.sol";
import {DealRecords} from "../libraries/DealRecords.sol";
import {OrderHashes} from "../libraries/OrderHashes.sol";
import {Packed} from "../libraries/Packed.sol";
import {Signatures} from "./Signatures.sol";

/// @title Order management
abstract contract OrderDesk is IHubOrders, Signatures {
    using OrderHashes for AppOrder;
    using OrderHashes for DatasetOrder;
    using OrderHashes for WorkerpoolOrder;
    using OrderHashes for RequestOrder;

    /// @dev Bits of a dataset order's tag that name a TEE framework; they do not bind the pool.
    bytes32 private constant TEE_FRAMEWORK_BITS = bytes32(uint256(0x0e));

    /// @dev What the four kinds of operation have in common.
    struct Operation {
        address signer;
        bytes32 typeHash;
        bytes32 structHash;
        OrderOperation kind;
        uint256 volume;
    }

    /// @inheritdoc IHubOrders
    function manageAppOrder(AppOrderOperation calldata operation) external {
        Operation memory common = Operation(
            IResource(operation.order.app).owner(),
            OrderHashes.APP_OPERATION_TYPEHASH,
            operation.order.hash(),
            operation.operation,
            operation.order.volume
        );
        bytes32 orderHash = _manage(common, operation.sign);
        if (common.kind == OrderOperation.SIGN) emit SignedAppOrder(orderHash);
        else emit ClosedAppOrder(orderHash);
    }

    /// @inheritdoc IHubOrders
    function manageDatasetOrder(DatasetOrderOperation calldata operation) external {
        Operation memory common = Operation(
            IResource(operation.order.dataset).owner(),
            OrderHashes.DATASET_OPERATION_TYPEHASH,
            operation.order.hash(),
            operation.operation,
            operation.order.volume
        );
        bytes32 orderHash = _manage(common, operation.sign);
        if (common.kind == OrderOperation.SIGN) emit SignedDatasetOrder(orderHash);
        else emit ClosedDatasetOrder(orderHash);
    }

    /// @inheritdoc IHubOrders
    function manageWorkerpoolOrder(WorkerpoolOrderOperation calldata operation) external {
        Operation memory common = Operation(
            IResource(operation.order.workerpool).owner(),
            OrderHashes.WORKERPOOL_OPERATION_TYPEHASH,
            operation.order.hash(),
            operation.operation,
            operation.order.volume
        );
        bytes32 orderHash = _manage(common, operation.sign);
        if (common.kind == OrderOperation.SIGN) emit SignedWorkerpoolOrder(orderHash);
        else emit ClosedWorkerpoolOrder(orderHash);
    }

    /// @inheritdoc IHubOrders
    function manageRequestOrder(RequestOrderOperation calldata operation) external {
        Operation memory common = Operation(
            operation.order.requester,
            OrderHashes.REQUEST_OPERATION_TYPEHASH,
            operation.order.hash(),
            operation.operation,
            operation.order.volume
        );
        bytes32 orderHash = _manage(common, operation.sign);
        if (common.kind == OrderOperation.SIGN) emit SignedRequestOrder(orderHash);
        else emit ClosedRequestOrder(orderHash);
    }

    /// @inheritdoc IHubOrders
    function broadcastAppOrder(AppOrder calldata apporder) external {
        emit BroadcastAppOrder(apporder);
    }

    /// @inheritdoc IHubOrders
    function broadcastDatasetOrder(DatasetOrder calldata datasetorder) external {
        emit BroadcastDatasetOrder(datasetorder);
    }

    /// @inheritdoc IHubOrders
    function broadcastWorkerpoolOrder(WorkerpoolOrder calldata workerpoolorder) external {
        emit BroadcastWorkerpoolOrder(workerpoolorder);
    }

    /// @inheritdoc IHubOrders
    function broadcastRequestOrder(RequestOrder calldata requestorder) external {
        emit BroadcastRequestOrder(requestorder);
    }

    /// @inheritdoc IHubOrders
    function verifySignature(address identity, bytes32 hash, bytes calldata signature)
        external
        view
        returns (bool)
    {
        return _isSigned(identity, hash, signature);
    }

    /// @inheritdoc IHubOrders
    function verifyPresignature(address identity, bytes32 hash) external view returns (bool) {
        return _isPresigned(identity, hash);
    }

    /// @inheritdoc IHubOrders
    function verifyPresignatureOrSignature(address identity, bytes32 hash, bytes calldata signature)
        external
        view
        returns (bool)
    {
        return _isSignedOrder(identity, hash, signature);
    }

    /// @inheritdoc IHubOrders
    function computeDealVolume(
        AppOrder calldata apporder,
        DatasetOrder calldata datasetorder,
        WorkerpoolOrder calldata workerpoolorder,
        RequestOrder calldata requestorder
    ) external view returns (uint256 volume) {
        volume = Math.min(
            _left(apporder.hash(), apporder.volume),
            _left(workerpoolorder.hash(), workerpoolorder.volume)
        );
        volume = Math.min(volume, _left(requestorder.hash(), requestorder.volume));
        if (datasetorder.dataset != address(0)) {
            volume = Math.min(volume, _left(datasetorder.hash(), datasetorder.volume));
        }
    }

    /// @inheritdoc IHubOrders
    function assertDatasetDealCompatibility(DatasetOrder calldata datasetorder, DealId dealid)
        external
        view
    {
        bytes32 orderHash = _typedDataHash(datasetorder.hash());
        _requireCompatible(
            _orders[orderHash].consumed < datasetorder.volume,
            "Dataset order is revoked or fully consumed"
        );
        address datasetOwner = IResource(datasetorder.dataset).owner();
        _requireCompatible(
            _isSignedOrder(datasetOwner, orderHash, datasetorder.sign),
            "Invalid dataset order signature"
        );
        (Deal memory deal,) = DealRecords.load(dealid);
        _requireCompatible(deal.requester != address(0), "Deal not found");
        _requireCompatible(deal.dataset.pointer == address(0), "Deal already has a dataset");
        _requireCompatible(
            _isAllowed(datasetorder.apprestrict, deal.app.pointer), "App restriction not satisfied"
        );
        _requireCompatible(
            _isAllowed(datasetorder.workerpoolrestrict, deal.workerpool.pointer),
            "Workerpool restriction not satisfied"
        );
        _requireCompatible(
            _isAllowed(datasetorder.requesterrestrict, deal.requester),
            "Requester restriction not satisfied"
        );
        bytes32 wanted = datasetorder.tag & ~TEE_FRAMEWORK_BITS;
        _requireCompatible(deal.tag & wanted == wanted, "Tag compatibility not satisfied");
    }

    function _requireCompatible(bool condition, string memory reason) private pure {
        if (!condition) revert IncompatibleDatasetOrder(reason);
    }

    function _manage(Operation memory operation, bytes calldata sign)
        private
        returns (bytes32 orderHash)
    {
        if (msg.sender != operation.signer) {
            bytes32 operationHash = _typedDataHash(
                OrderHashes.operationHash(operation.typeHash, operation.structHash, operation.kind)
            );
            if (!_isSigned(operation.signer, operationHash, sign)) {
                revert("invalid-sender-or-signature");
            }
        }
        orderHash = _typedDataHash(operation.structHash);
        if (operation.kind == OrderOperation.SIGN) {
            _orders[orderHash].presigner = operation.signer;
        } else {
            Packed.requireFits("volume", operation.volume, type(uint96).max);
            _orders[orderHash].consumed = uint96(operation.volume);
        }
    }

    function _left(bytes32 structHash, uint256 volume) private view returns (uint256) {
        return volume - _orders[_typedDataHash(structHash)].consumed;
    }
}
