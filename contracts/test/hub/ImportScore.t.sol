// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IHub} from "../../src/interfaces/IHub.sol";
import {IHubAdmin} from "../../src/interfaces/IHubAdmin.sol";
import {HubFixture} from "../base/HubFixture.sol";
import {ScoreSetter} from "../base/ScoreSetter.sol";

contract ImportScoreTest is HubFixture, ScoreSetter {
    address private constant WORKER = address(0x3031);
    IHub private _next;

    function setUp() public override {
        super.setUp();
        address views = deployViews(
            address(ruc), address(appRegistry), address(datasetRegistry), address(poolRegistry)
        );
        _next = deployHub(deployDesk(views, address(hub)), admin, _categories());
    }

    function testRefusesWithoutAPreviousHub() public {
        vm.expectRevert(IHubAdmin.NoPreviousHub.selector);
        hub.importScore(WORKER);
        vm.assertEq(hub.previousHub(), address(0), "none");
    }

    function testTakesTheHigherScoreOnce(uint64 earlier, uint64 own) public {
        setScore(address(hub), WORKER, earlier);
        setScore(address(_next), WORKER, own);
        uint256 higher = earlier > own ? earlier : own;

        vm.expectEmit(address(_next));
        emit IHubAdmin.ScoreImported(WORKER, higher);
        _next.importScore(WORKER);

        vm.assertEq(_next.viewScore(WORKER), higher, "score");
        vm.assertEq(_next.previousHub(), address(hub), "previous");
        vm.expectRevert(abi.encodeWithSelector(IHubAdmin.ScoreAlreadyImported.selector, WORKER));
        _next.importScore(WORKER);
    }

    function testWhatAHubIsBuiltOnNeverChanges() public {
        vm.startPrank(admin);
        vm.expectRevert("already-configured");
        hub.configure(admin, "", "", 9, admin, admin, admin, admin);
        vm.expectRevert(IHubAdmin.RegistriesAreFixed.selector);
        hub.changeRegistries(admin, admin, admin);
        vm.stopPrank();
    }
}
