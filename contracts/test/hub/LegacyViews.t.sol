// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import "../../src/interfaces/HubTypes.sol";
import {IHubLegacyViews} from "../../src/interfaces/IHubLegacyViews.sol";
import {HubFixture} from "../base/HubFixture.sol";

/// @dev Each old view says what the one with a struct says.
contract LegacyViewsTest is HubFixture {
    DealId private _dealid;
    TaskId private _task;

    function setUp() public override {
        super.setUp();
        Orders memory orders = withDataset(bagOrders(2, 3));
        orders.request.beneficiary = address(0xbe);
        _dealid = matchThem(signed(orders));
        _task = hub.initialize(_dealid, 1);
        contribute(worker(0), _task, "digest");
        contribute(worker(1), _task, "digest");
    }

    function testTheDeal() public view {
        Deal memory deal = hub.viewDeal(_dealid);

        bytes memory first = _ask(abi.encodeCall(IHubLegacyViews.viewDealABILegacy_pt1, (_dealid)));
        vm.assertEq(
            first,
            bytes.concat(
                abi.encode(deal.app.pointer, deal.app.owner, deal.app.price),
                abi.encode(deal.dataset.pointer, deal.dataset.owner, deal.dataset.price),
                abi.encode(deal.workerpool.pointer, deal.workerpool.owner, deal.workerpool.price)
            ),
            "first part"
        );
        bytes memory second = _ask(abi.encodeCall(IHubLegacyViews.viewDealABILegacy_pt2, (_dealid)));
        vm.assertEq(
            second,
            abi.encode(
                deal.trust, deal.tag, deal.requester, deal.beneficiary, deal.callback, deal.params
            ),
            "second part"
        );
        vm.assertEq(
            _ask(abi.encodeCall(IHubLegacyViews.viewConfigABILegacy, (_dealid))),
            abi.encode(
                deal.category,
                deal.startTime,
                deal.botFirst,
                deal.botSize,
                deal.workerStake,
                deal.schedulerRewardRatio
            ),
            "configuration"
        );
    }

    function testTheTask() public {
        _sameAsTask("consensus");
        reveal(worker(0), _task, "digest");
        _sameAsTask("revealed");
        reveal(worker(1), _task, "digest");
        finalize(_task, "some results, longer than one word of thirty-two bytes");
        _sameAsTask("completed");
    }

    function testTheContribution() public view {
        address account = vm.addr(FIRST_WORKER_KEY);
        Contribution memory contribution = hub.viewContribution(_task, account);

        vm.assertEq(
            _ask(abi.encodeCall(IHubLegacyViews.viewContributionABILegacy, (_task, account))),
            abi.encode(
                contribution.status,
                contribution.resultHash,
                contribution.resultSeal,
                contribution.enclaveChallenge
            ),
            "contribution"
        );
    }

    function testTheAccountAndTheCategory() public {
        Account memory account = hub.viewAccount(requester);
        Category memory category = hub.viewCategory(1);

        vm.assertEq(
            _ask(abi.encodeCall(IHubLegacyViews.viewAccountABILegacy, (requester))),
            abi.encode(account.stake, account.locked),
            "account"
        );
        vm.assertEq(
            _ask(abi.encodeCall(IHubLegacyViews.viewCategoryABILegacy, (1))),
            abi.encode(category.name, category.description, category.workClockTimeRef),
            "category"
        );
        vm.expectRevert();
        hub.viewCategoryABILegacy(99);
    }

    function _sameAsTask(string memory when) private view {
        Task memory task = hub.viewTask(_task);
        bytes memory answer = _ask(abi.encodeCall(IHubLegacyViews.viewTaskABILegacy, (_task)));
        (address[] memory contributors, bytes memory results) = _tail(answer);
        bytes memory head = bytes.concat(
            abi.encode(task.status, task.dealid, task.idx, task.timeref),
            abi.encode(task.contributionDeadline, task.revealDeadline, task.finalDeadline),
            abi.encode(task.consensusValue, task.revealCounter, task.winnerCounter)
        );

        vm.assertEq(_first(answer, head.length), head, when);
        vm.assertEq(abi.encode(contributors), abi.encode(task.contributors), when);
        vm.assertEq(results, task.results, when);
    }

    /// @dev The last two of twelve values.
    function _tail(bytes memory answer)
        private
        pure
        returns (address[] memory contributors, bytes memory results)
    {
        (, contributors, results) = abi.decode(answer, (uint256[10], address[], bytes));
    }

    function _first(bytes memory data, uint256 length) private pure returns (bytes memory part) {
        part = new bytes(length);
        for (uint256 i = 0; i < length; ++i) {
            part[i] = data[i];
        }
    }

    function _ask(bytes memory call) private view returns (bytes memory answer) {
        bool success;
        (success, answer) = address(hub).staticcall(call);
        vm.assertTrue(success, "answered");
    }
}
