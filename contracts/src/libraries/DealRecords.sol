// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Deal, DealId, Resource} from "../interfaces/HubTypes.sol";
import {CodeStore} from "./CodeStore.sol";
import {Packed} from "./Packed.sol";

/// @title Deals as write-once records
/// @notice A deal never changes after the match, so all of it lives in one CodeStore entry. Fields
/// that are usually empty or equal to another take no room. Layout, in bytes: flags 1, trust 8,
/// category 4, startTime 5, timeref 4, botFirst 8, botSize 8, workerStake 12, schedulerRewardRatio 1,
/// app 52, workerpool 52, requester 20; then, each if its flag is set: dataset 52, tag 32,
/// beneficiary 20, callback 20, sponsor 20; then params. A resource is pointer 20, owner 20, price 12.
library DealRecords {
    using Packed for bytes;

    uint256 private constant HAS_DATASET = 1;
    uint256 private constant HAS_TAG = 2;
    uint256 private constant HAS_BENEFICIARY = 4;
    uint256 private constant HAS_CALLBACK = 8;
    uint256 private constant HAS_SPONSOR = 16;

    uint256 private constant APP_OFFSET = 51;
    uint256 private constant RESOURCE_LENGTH = 52;
    uint256 private constant REQUESTER_OFFSET = APP_OFFSET + 2 * RESOURCE_LENGTH;
    uint256 private constant OPTIONAL_OFFSET = REQUESTER_OFFSET + 20;

    /// @notice Writes the record of a new deal; `timeref` is its category's reference time.
    function save(DealId dealid, Deal memory deal, uint256 timeref) internal {
        CodeStore.write(DealId.unwrap(dealid), encode(deal, timeref));
    }

    /// @notice Everything but the params. `deal.requester` is zero when the deal is unknown.
    function load(DealId dealid) internal view returns (Deal memory deal, uint256 timeref) {
        bytes memory record = CodeStore.read(DealId.unwrap(dealid));
        if (record.length > 0) (timeref,) = _decode(record, deal);
    }

    function loadWithParams(DealId dealid) internal view returns (Deal memory deal) {
        bytes memory record = CodeStore.read(DealId.unwrap(dealid));
        if (record.length > 0) deal = decode(record);
    }

    function encode(Deal memory deal, uint256 timeref) internal pure returns (bytes memory) {
        _requireFit(deal);
        return bytes.concat(
            _encodeTerms(deal, timeref),
            _encodeResource(deal.app),
            _encodeResource(deal.workerpool),
            bytes20(deal.requester),
            _encodeOptional(deal),
            bytes(deal.params)
        );
    }

    function decode(bytes memory record) internal pure returns (Deal memory deal) {
        (, uint256 offset) = _decode(record, deal);
        deal.params = string(record.slice(offset, record.length - offset));
    }

    function _requireFit(Deal memory deal) private pure {
        Packed.requireFits("trust", deal.trust, type(uint64).max);
        Packed.requireFits("volume", deal.botFirst + deal.botSize, type(uint64).max);
        Packed.requireFits("appprice", deal.app.price, type(uint96).max);
        Packed.requireFits("datasetprice", deal.dataset.price, type(uint96).max);
        Packed.requireFits("workerpoolprice", deal.workerpool.price, type(uint96).max);
        Packed.requireFits("workerStake", deal.workerStake, type(uint96).max);
        Packed.requireFits("schedulerRewardRatio", deal.schedulerRewardRatio, 100);
    }

    // The narrowing casts are safe: `_requireFit` checked most; categories are counted one by one, block
    // time fits 40 bits, and a category's reference time 32.
    function _encodeTerms(Deal memory deal, uint256 timeref) private pure returns (bytes memory) {
        return abi.encodePacked(
            uint8(_flags(deal)),
            uint64(deal.trust),
            uint32(deal.category),
            uint40(deal.startTime),
            uint32(timeref),
            uint64(deal.botFirst),
            uint64(deal.botSize),
            uint96(deal.workerStake),
            uint8(deal.schedulerRewardRatio)
        );
    }

    function _encodeResource(Resource memory resource) private pure returns (bytes memory) {
        return abi.encodePacked(resource.pointer, resource.owner, uint96(resource.price));
    }

    function _encodeOptional(Deal memory deal) private pure returns (bytes memory optional) {
        if (deal.dataset.pointer != address(0)) optional = _encodeResource(deal.dataset);
        if (deal.tag != 0) optional = bytes.concat(optional, deal.tag);
        if (deal.beneficiary != deal.requester) {
            optional = bytes.concat(optional, bytes20(deal.beneficiary));
        }
        if (deal.callback != address(0)) optional = bytes.concat(optional, bytes20(deal.callback));
        if (deal.sponsor != deal.requester) {
            optional = bytes.concat(optional, bytes20(deal.sponsor));
        }
    }

    function _flags(Deal memory deal) private pure returns (uint256 flags) {
        if (deal.dataset.pointer != address(0)) flags |= HAS_DATASET;
        if (deal.tag != 0) flags |= HAS_TAG;
        if (deal.beneficiary != deal.requester) flags |= HAS_BENEFICIARY;
        if (deal.callback != address(0)) flags |= HAS_CALLBACK;
        if (deal.sponsor != deal.requester) flags |= HAS_SPONSOR;
    }

    function _decode(bytes memory record, Deal memory deal)
        private
        pure
        returns (uint256 timeref, uint256 offset)
    {
        deal.trust = record.uintAt(1, 8);
        deal.category = record.uintAt(9, 4);
        deal.startTime = record.uintAt(13, 5);
        timeref = record.uintAt(18, 4);
        deal.botFirst = record.uintAt(22, 8);
        deal.botSize = record.uintAt(30, 8);
        deal.workerStake = record.uintAt(38, 12);
        deal.schedulerRewardRatio = record.uintAt(50, 1);
        _decodeResource(record, APP_OFFSET, deal.app);
        _decodeResource(record, APP_OFFSET + RESOURCE_LENGTH, deal.workerpool);
        deal.requester = record.addressAt(REQUESTER_OFFSET);
        offset = _decodeOptional(record, deal);
    }

    function _decodeResource(bytes memory record, uint256 offset, Resource memory resource)
        private
        pure
    {
        resource.pointer = record.addressAt(offset);
        resource.owner = record.addressAt(offset + 20);
        resource.price = record.uintAt(offset + 40, 12);
    }

    function _decodeOptional(bytes memory record, Deal memory deal)
        private
        pure
        returns (uint256 offset)
    {
        uint256 flags = record.uintAt(0, 1);
        deal.beneficiary = deal.requester;
        deal.sponsor = deal.requester;
        offset = OPTIONAL_OFFSET;
        if (flags & HAS_DATASET != 0) {
            _decodeResource(record, offset, deal.dataset);
            offset += RESOURCE_LENGTH;
        }
        if (flags & HAS_TAG != 0) {
            deal.tag = bytes32(record.uintAt(offset, 32));
            offset += 32;
        }
        if (flags & HAS_BENEFICIARY != 0) {
            deal.beneficiary = record.addressAt(offset);
            offset += 20;
        }
        if (flags & HAS_CALLBACK != 0) {
            deal.callback = record.addressAt(offset);
            offset += 20;
        }
        if (flags & HAS_SPONSOR != 0) {
            deal.sponsor = record.addressAt(offset);
            offset += 20;
        }
    }
}
