// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {
    IERC721Enumerable
} from "@openzeppelin/contracts/token/ERC721/extensions/IERC721Enumerable.sol";
import {
    IAppRegistry,
    IDatasetRegistry,
    IWorkerpoolRegistry
} from "../../src/interfaces/IRegistries.sol";
import {IApp, IDataset, IResource, IWorkerpool} from "../../src/interfaces/IResources.sol";
import {CloneData} from "../../src/libraries/CloneData.sol";
import {Deployer} from "../base/Deployer.sol";
import {Vm} from "../base/Vm.sol";

contract RegistriesTest is Deployer {
    address private constant OWNER = address(0x0e);
    address private constant OTHER = address(0x07e4);

    IAppRegistry private _apps = deployAppRegistry(address(0));
    IDatasetRegistry private _datasets = deployDatasetRegistry(address(0));
    IWorkerpoolRegistry private _pools = deployWorkerpoolRegistry(address(0));

    function testAnAppIsWhatItWasMadeOf(
        string calldata name,
        string calldata appType,
        bytes calldata multiaddr,
        bytes32 checksum,
        bytes calldata mrenclave
    ) public {
        address predicted = _apps.predictApp(OWNER, name, appType, multiaddr, checksum, mrenclave);

        IApp app = IApp(_apps.createApp(OWNER, name, appType, multiaddr, checksum, mrenclave));

        vm.assertEq(address(app), predicted, "predicted");
        vm.assertEq(app.m_appName(), name, "name");
        vm.assertEq(app.m_appType(), appType, "type");
        vm.assertEq(app.m_appMultiaddr(), multiaddr, "multiaddr");
        vm.assertEq(app.m_appChecksum(), checksum, "checksum");
        vm.assertEq(app.m_appMREnclave(), mrenclave, "mrenclave");
        vm.assertEq(app.owner(), OWNER, "owner");
        vm.assertEq(app.registry(), address(_apps), "registry");
    }

    function testADatasetIsWhatItWasMadeOf(
        string calldata name,
        bytes calldata multiaddr,
        bytes32 checksum
    ) public {
        address predicted = _datasets.predictDataset(OWNER, name, multiaddr, checksum);

        IDataset dataset = IDataset(_datasets.createDataset(OWNER, name, multiaddr, checksum));

        vm.assertEq(address(dataset), predicted, "predicted");
        vm.assertEq(dataset.m_datasetName(), name, "name");
        vm.assertEq(dataset.m_datasetMultiaddr(), multiaddr, "multiaddr");
        vm.assertEq(dataset.m_datasetChecksum(), checksum, "checksum");
        vm.assertEq(dataset.owner(), OWNER, "owner");
    }

    function testAPoolIsWhatItWasMadeOf(string calldata description) public {
        address predicted = _pools.predictWorkerpool(OWNER, description);

        IWorkerpool pool = IWorkerpool(_pools.createWorkerpool(OWNER, description));

        vm.assertEq(address(pool), predicted, "predicted");
        vm.assertEq(pool.m_workerpoolDescription(), description, "description");
        vm.assertEq(pool.m_workerStakeRatioPolicy(), 30, "stake ratio");
        vm.assertEq(pool.m_schedulerRewardRatioPolicy(), 1, "reward ratio");
    }

    function testTheFirstTransferIsTheMint() public {
        vm.recordLogs();
        address app = _apps.createApp(OWNER, "n", "WASM", "m", "c", "");

        Vm.Log[] memory logs = vm.getRecordedLogs();
        vm.assertEq(logs.length, 1, "one log");
        vm.assertEq(logs[0].topics[0], keccak256("Transfer(address,address,uint256)"), "transfer");
        vm.assertEq(logs[0].topics[1], bytes32(0), "from nobody");
        vm.assertEq(logs[0].topics[2], bytes32(uint256(uint160(OWNER))), "to the owner");
        vm.assertEq(logs[0].topics[3], bytes32(uint256(uint160(app))), "the app");
        vm.assertEq(logs[0].emitter, address(_apps), "by the registry");
    }

    function testTheSameResourceIsMadeOnce() public {
        _pools.createWorkerpool(OWNER, "d");

        vm.expectRevert("Create2: Failed on deploy");
        _pools.createWorkerpool(OWNER, "d");
        _pools.createWorkerpool(OTHER, "d");
        _pools.createWorkerpool(OWNER, "e");
    }

    function testRefusesAFieldThatNoCodeCanHold() public {
        string memory long = string(new bytes(65_536));

        vm.expectRevert(abi.encodeWithSelector(CloneData.FieldTooLong.selector, 65_536, 65_535));
        _pools.createWorkerpool(OWNER, long);
        long = string(new bytes(25_000));
        vm.expectRevert();
        _pools.createWorkerpool(OWNER, long);
    }

    function testKnowsItsOwn() public {
        address pool = _pools.createWorkerpool(OWNER, "d");

        vm.assertTrue(_pools.isRegistered(pool), "registered");
        vm.assertFalse(_pools.isRegistered(OTHER), "not registered");
        vm.assertFalse(_apps.isRegistered(pool), "not an app");
        vm.assertEq(_pools.ownerOfResource(pool), OWNER, "owner");
        vm.assertEq(_pools.ownerOfResource(OTHER), address(0), "nobody");
    }

    function testAsksThePreviousRegistry() public {
        IWorkerpoolRegistry next = deployWorkerpoolRegistry(address(_pools));
        address old = _pools.createWorkerpool(OWNER, "d");
        address young = next.createWorkerpool(OTHER, "d");

        vm.assertEq(next.ownerOfResource(old), OWNER, "old");
        vm.assertEq(next.ownerOfResource(young), OTHER, "young");
        vm.assertTrue(next.isRegistered(old), "old");
        vm.assertFalse(_pools.isRegistered(young), "not backwards");
        vm.assertEq(next.previous(), address(_pools), "previous");
    }

    function testEnumeratesByOwner() public {
        address first = _pools.createWorkerpool(OWNER, "1");
        address second = _pools.createWorkerpool(OWNER, "2");
        _pools.createWorkerpool(OTHER, "3");

        vm.assertEq(_pools.balanceOf(OWNER), 2, "balance");
        vm.assertEq(_pools.totalSupply(), 3, "supply");
        vm.assertEq(_pools.tokenOfOwnerByIndex(OWNER, 0), uint160(first), "first");
        vm.assertEq(_pools.tokenOfOwnerByIndex(OWNER, 1), uint160(second), "second");
        vm.assertEq(_pools.tokenByIndex(1), uint160(second), "by index");
        vm.assertTrue(_pools.supportsInterface(type(IERC721Enumerable).interfaceId), "enumerable");
        vm.assertTrue(_pools.supportsInterface(type(IERC721).interfaceId), "ERC-721");
    }

    function testTheNftCarriesTheResource() public {
        IWorkerpool pool = IWorkerpool(_pools.createWorkerpool(OWNER, "d"));

        vm.prank(OWNER);
        _pools.safeTransferFrom(OWNER, OTHER, uint160(address(pool)));

        vm.assertEq(pool.owner(), OTHER, "owner");
        vm.expectRevert(abi.encodeWithSelector(IResource.NotResourceOwner.selector, OTHER, OWNER));
        vm.prank(OWNER);
        pool.changePolicy(1, 2);
        vm.prank(OTHER);
        pool.changePolicy(1, 2);
    }

    function testChangesThePolicy() public {
        IWorkerpool pool = IWorkerpool(_pools.createWorkerpool(OWNER, "d"));
        vm.startPrank(OWNER);
        vm.expectRevert(abi.encodeWithSelector(IWorkerpool.RewardRatioTooHigh.selector, 101, 100));
        pool.changePolicy(30, 101);
        uint256 tooWide = uint256(type(uint128).max) + 1;
        vm.expectRevert(
            abi.encodeWithSelector(
                IWorkerpool.StakeRatioTooHigh.selector, tooWide, type(uint128).max
            )
        );
        pool.changePolicy(tooWide, 1);
        vm.expectEmit(address(pool));
        emit IWorkerpool.PolicyUpdate(30, 0, 1, 100);
        pool.changePolicy(0, 100);
        vm.expectEmit(address(pool));
        emit IWorkerpool.PolicyUpdate(0, 250, 100, 0);
        pool.changePolicy(250, 0);
        vm.stopPrank();

        vm.assertEq(pool.m_workerStakeRatioPolicy(), 250, "stake ratio");
        vm.assertEq(pool.m_schedulerRewardRatioPolicy(), 0, "reward ratio");
    }
}
