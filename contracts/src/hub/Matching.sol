// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {
    AppOrder,
    DatasetOrder,
    Deal,
    DealId,
    RequestOrder,
    Resource,
    WorkerpoolOrder
} from "../interfaces/HubTypes.sol";
import {IHubMarket} from "../interfaces/IHubMarket.sol";
import {IRegistry} from "../interfaces/IRegistries.sol";
import {IWorkerpool} from "../interfaces/IResources.sol";
import {DealRecords} from "../libraries/DealRecords.sol";
import {OrderHashes} from "../libraries/OrderHashes.sol";
import {Packed} from "../libraries/Packed.sol";
import {Escrow} from "./Escrow.sol";
import {Signatures} from "./Signatures.sol";

/// @title Four signed orders in, one deal out
abstract contract Matching is IHubMarket, Escrow, Signatures {
    using OrderHashes for AppOrder;
    using OrderHashes for DatasetOrder;
    using OrderHashes for WorkerpoolOrder;
    using OrderHashes for RequestOrder;

    /// @dev Bits of the dataset order's tag that name a TEE framework; they do not bind the pool.
    bytes32 private constant TEE_FRAMEWORK_BITS = bytes32(uint256(0x0e));
    bytes32 private constant TEE_BIT = bytes32(uint256(0x01));

    struct Hashes {
        bytes32 app;
        bytes32 dataset;
        bytes32 workerpool;
        bytes32 request;
    }

    /// @inheritdoc IHubMarket
    function matchOrders(
        AppOrder calldata apporder,
        DatasetOrder calldata datasetorder,
        WorkerpoolOrder calldata workerpoolorder,
        RequestOrder calldata requestorder
    ) external returns (DealId) {
        return _match(apporder, datasetorder, workerpoolorder, requestorder, requestorder.requester);
    }

    /// @inheritdoc IHubMarket
    function sponsorMatchOrders(
        AppOrder calldata apporder,
        DatasetOrder calldata datasetorder,
        WorkerpoolOrder calldata workerpoolorder,
        RequestOrder calldata requestorder
    ) external returns (DealId dealid) {
        dealid = _match(apporder, datasetorder, workerpoolorder, requestorder, msg.sender);
        emit DealSponsored(dealid, msg.sender);
    }

    function _match(
        AppOrder calldata app,
        DatasetOrder calldata dataset,
        WorkerpoolOrder calldata pool,
        RequestOrder calldata request,
        address sponsor
    ) private returns (DealId dealid) {
        Deal memory deal;
        deal.sponsor = sponsor;
        uint256 timeref = _checkTerms(app, dataset, pool, request);
        deal.tag = _checkTags(app, dataset, pool, request);
        _checkRestrictions(app, dataset, pool, request);
        Hashes memory hashes = _checkAuthenticity(app, dataset, pool, request, deal);
        _setTerms(deal, dataset, pool, request);
        _consume(deal, hashes, app, dataset, pool, request);
        dealid = DealId.wrap(keccak256(abi.encode(hashes.request, deal.botFirst)));

        DealRecords.save(dealid, deal, timeref);
        _lockPrices(deal);
        emit SchedulerNotice(deal.workerpool.pointer, dealid);
        emit OrdersMatched(
            dealid, hashes.app, hashes.dataset, hashes.workerpool, hashes.request, deal.botSize
        );
    }

    function _checkTerms(
        AppOrder calldata app,
        DatasetOrder calldata dataset,
        WorkerpoolOrder calldata pool,
        RequestOrder calldata request
    ) private view returns (uint256 timeref) {
        _require(request.category == pool.category, 0x00);
        timeref = _categories[request.category].workClockTimeRef;
        _require(timeref != 0, 0x01);
        _require(request.trust <= pool.trust, 0x02);
        _require(request.appmaxprice >= app.appprice, 0x03);
        _require(request.datasetmaxprice >= dataset.datasetprice, 0x04);
        _require(request.workerpoolmaxprice >= pool.workerpoolprice, 0x05);
    }

    function _checkTags(
        AppOrder calldata app,
        DatasetOrder calldata dataset,
        WorkerpoolOrder calldata pool,
        RequestOrder calldata request
    ) private pure returns (bytes32 tag) {
        tag = app.tag | (dataset.tag & ~TEE_FRAMEWORK_BITS) | request.tag;
        _require(tag & ~pool.tag == 0, 0x06);
        _require((tag ^ app.tag) & TEE_BIT == 0, 0x07);
    }

    function _checkRestrictions(
        AppOrder calldata app,
        DatasetOrder calldata dataset,
        WorkerpoolOrder calldata pool,
        RequestOrder calldata request
    ) private view {
        _require(request.app == app.app, 0x10);
        _require(request.dataset == dataset.dataset, 0x11);
        _require(_isAllowed(request.workerpool, pool.workerpool), 0x12);
        _require(_isAllowed(app.datasetrestrict, dataset.dataset), 0x13);
        _require(_isAllowed(app.workerpoolrestrict, pool.workerpool), 0x14);
        _require(_isAllowed(app.requesterrestrict, request.requester), 0x15);
        _require(_isAllowed(dataset.apprestrict, app.app), 0x16);
        _require(_isAllowed(dataset.workerpoolrestrict, pool.workerpool), 0x17);
        _require(_isAllowed(dataset.requesterrestrict, request.requester), 0x18);
        _require(_isAllowed(pool.apprestrict, app.app), 0x19);
        _require(_isAllowed(pool.datasetrestrict, dataset.dataset), 0x1a);
        _require(_isAllowed(pool.requesterrestrict, request.requester), 0x1b);
    }

    /// @dev Fills the deal's resources on the way: owners are those of now.
    function _checkAuthenticity(
        AppOrder calldata app,
        DatasetOrder calldata dataset,
        WorkerpoolOrder calldata pool,
        RequestOrder calldata request,
        Deal memory deal
    ) private view returns (Hashes memory hashes) {
        hashes.app = _typedDataHash(app.hash());
        deal.app = _resource(APP_REGISTRY, app.app, app.appprice, 0x20);
        _require(_isSignedOrder(deal.app.owner, hashes.app, app.sign), 0x21);
        if (dataset.dataset != address(0)) {
            hashes.dataset = _typedDataHash(dataset.hash());
            deal.dataset = _resource(DATASET_REGISTRY, dataset.dataset, dataset.datasetprice, 0x30);
            _require(_isSignedOrder(deal.dataset.owner, hashes.dataset, dataset.sign), 0x31);
        }
        hashes.workerpool = _typedDataHash(pool.hash());
        deal.workerpool =
            _resource(WORKERPOOL_REGISTRY, pool.workerpool, pool.workerpoolprice, 0x40);
        _require(_isSignedOrder(deal.workerpool.owner, hashes.workerpool, pool.sign), 0x41);
        hashes.request = _typedDataHash(request.hash());
        _require(_isSignedOrder(request.requester, hashes.request, request.sign), 0x50);
    }

    function _resource(IRegistry registry, address pointer, uint256 price, uint8 code)
        private
        view
        returns (Resource memory)
    {
        address owner = registry.ownerOfResource(pointer);
        _require(owner != address(0), code);
        return Resource({pointer: pointer, owner: owner, price: price});
    }

    function _setTerms(
        Deal memory deal,
        DatasetOrder calldata,
        WorkerpoolOrder calldata pool,
        RequestOrder calldata request
    ) private view {
        IWorkerpool policy = IWorkerpool(pool.workerpool);
        deal.trust = Math.max(request.trust, 1);
        deal.category = request.category;
        deal.requester = request.requester;
        deal.beneficiary = request.beneficiary;
        deal.callback = request.callback;
        deal.params = request.params;
        deal.startTime = block.timestamp;
        // Rounded down: a worker's stake is never above its share.
        deal.workerStake = pool.workerpoolprice * policy.m_workerStakeRatioPolicy() / 100;
        deal.schedulerRewardRatio = policy.m_schedulerRewardRatioPolicy();
    }

    /// @dev Matches as much as all orders have left.
    function _consume(
        Deal memory deal,
        Hashes memory hashes,
        AppOrder calldata app,
        DatasetOrder calldata dataset,
        WorkerpoolOrder calldata pool,
        RequestOrder calldata request
    ) private {
        bool hasDataset = dataset.dataset != address(0);
        uint256 volume = Math.min(
            Math.min(_left(hashes.app, app.volume), _left(hashes.workerpool, pool.volume)),
            _left(hashes.request, request.volume)
        );
        if (hasDataset) volume = Math.min(volume, _left(hashes.dataset, dataset.volume));
        _require(volume > 0, 0x60);

        deal.botFirst = _orders[hashes.request].consumed;
        deal.botSize = volume;
        // No counter passes its order's volume, which `_left` keeps within uint96.
        uint96 matched = uint96(volume);
        _orders[hashes.app].consumed += matched;
        if (hasDataset) _orders[hashes.dataset].consumed += matched;
        _orders[hashes.workerpool].consumed += matched;
        _orders[hashes.request].consumed += matched;
    }

    function _left(bytes32 orderHash, uint256 volume) private view returns (uint256) {
        Packed.requireFits("volume", volume, type(uint96).max);
        return volume - _orders[orderHash].consumed;
    }

    /// @dev The pool's stake is rounded down per task, then multiplied: settlement works per task.
    function _lockPrices(Deal memory deal) private {
        uint256 taskPrice = deal.app.price + deal.dataset.price + deal.workerpool.price;
        uint256 poolStake = deal.workerpool.price * WORKERPOOL_STAKE_RATIO / 100;
        _lock(deal.sponsor, taskPrice * deal.botSize);
        _lock(deal.workerpool.owner, poolStake * deal.botSize);
    }

    function _require(bool condition, uint8 code) private pure {
        if (condition) return;
        bytes16 digits = "0123456789abcdef";
        revert(
            string(
                abi.encodePacked("iExecV5-matchOrders-0x", digits[code >> 4], digits[code & 0x0f])
            )
        );
    }
}
