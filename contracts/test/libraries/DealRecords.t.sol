// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Deal, Resource} from "../../src/interfaces/HubTypes.sol";
import {DealRecords} from "../../src/libraries/DealRecords.sol";
import {TestBase} from "../base/TestBase.sol";

contract DealRecordsTest is TestBase {
    /// @dev Bits of `empty` clear the optional fields, or make them equal to the requester.
    function testReturnsWhatWasEncoded(Deal memory deal, uint8 empty, uint32 timeref) public pure {
        _fold(deal);
        if (empty & 1 != 0) deal.dataset = Resource(address(0), address(0), 0);
        else if (deal.dataset.pointer == address(0)) deal.dataset.pointer = address(1);
        if (empty & 2 != 0) deal.tag = 0;
        if (empty & 4 != 0) deal.beneficiary = deal.requester;
        if (empty & 8 != 0) deal.callback = address(0);
        if (empty & 16 != 0) deal.sponsor = deal.requester;

        Deal memory found = DealRecords.decode(DealRecords.encode(deal, timeref));

        vm.assertEq(abi.encode(found), abi.encode(deal), "deal");
    }

    function testAPlainDealIsShort() public pure {
        Deal memory deal;
        deal.requester = deal.beneficiary = deal.sponsor = address(1);

        vm.assertEq(DealRecords.encode(deal, 1).length, 175, "bytes");
    }

    /// @dev Within what the hub checks before it writes.
    function _fold(Deal memory deal) private pure {
        deal.trust = uint64(deal.trust);
        deal.category = uint32(deal.category);
        deal.startTime = uint40(deal.startTime);
        deal.botFirst = uint32(deal.botFirst);
        deal.botSize = uint32(deal.botSize);
        deal.workerStake = uint96(deal.workerStake);
        deal.schedulerRewardRatio %= 101;
        deal.app.price = uint96(deal.app.price);
        deal.dataset.price = uint96(deal.dataset.price);
        deal.workerpool.price = uint96(deal.workerpool.price);
    }
}
