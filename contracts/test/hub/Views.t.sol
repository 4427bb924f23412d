// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import "../../src/interfaces/HubTypes.sol";
import {HubFixture} from "../base/HubFixture.sol";

contract ViewsTest is HubFixture {
    function testConstants() public view {
        vm.assertEq(hub.contribution_deadline_ratio(), 7, "contribution");
        vm.assertEq(hub.reveal_deadline_ratio(), 2, "reveal");
        vm.assertEq(hub.final_deadline_ratio(), 10, "final");
        vm.assertEq(hub.workerpool_stake_ratio(), 30, "pool stake");
        vm.assertEq(hub.kitty_ratio(), 10, "kitty ratio");
        vm.assertEq(hub.kitty_min(), 1e9, "kitty minimum");
        vm.assertEq(hub.groupmember_purpose(), 4, "group purpose");
        vm.assertEq(hub.callbackgas(), 200_000, "callback gas");
        vm.assertEq(hub.kitty_address(), KITTY, "kitty address");
    }

    function testParts() public view {
        vm.assertEq(hub.appregistry(), address(appRegistry), "apps");
        vm.assertEq(hub.datasetregistry(), address(datasetRegistry), "datasets");
        vm.assertEq(hub.workerpoolregistry(), address(poolRegistry), "pools");
        vm.assertEq(hub.teebroker(), address(0), "no broker");
        vm.assertEq(hub.owner(), admin, "owner");
        vm.assertEq(hub.countCategory(), 2, "categories");
        vm.assertEq(hub.viewCategory(1).name, "DEV", "second category");
    }

    function testDomain() public view {
        EIP712Domain memory domain = hub.domain();

        vm.assertEq(domain.name, "iExecODB", "name");
        vm.assertEq(domain.version, "5.0.0", "version");
        vm.assertEq(domain.chainId, block.chainid, "chain");
        vm.assertEq(domain.verifyingContract, address(hub), "hub");
        bytes32 separator = keccak256(
            abi.encode(
                keccak256(
                    "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
                ),
                keccak256(bytes(domain.name)),
                keccak256(bytes(domain.version)),
                domain.chainId,
                domain.verifyingContract
            )
        );
        vm.assertEq(hub.eip712domain_separator(), separator, "separator");
    }

    function testResources() public view {
        AppInfo memory appInfo = hub.viewApp(app);
        vm.assertEq(appInfo.owner, appOwner, "app owner");
        vm.assertEq(appInfo.m_appName, "hello-1", "app name");
        vm.assertEq(appInfo.m_appType, "DOCKER", "app type");
        vm.assertEq(appInfo.m_appMultiaddr, _multiaddr(), "app multiaddr");
        vm.assertEq(appInfo.m_appChecksum, bytes32("app"), "app checksum");
        vm.assertEq(appInfo.m_appMREnclave, bytes(""), "app mrenclave");
        DatasetInfo memory datasetInfo = hub.viewDataset(dataset);
        vm.assertEq(datasetInfo.owner, datasetOwner, "dataset owner");
        vm.assertEq(datasetInfo.m_datasetName, "prices", "dataset name");
        vm.assertEq(datasetInfo.m_datasetMultiaddr, _multiaddr(), "dataset multiaddr");
        vm.assertEq(datasetInfo.m_datasetChecksum, bytes32("data"), "dataset checksum");
        WorkerpoolInfo memory poolInfo = hub.viewWorkerpool(pool);
        vm.assertEq(poolInfo.owner, poolOwner, "pool owner");
        vm.assertEq(poolInfo.m_workerpoolDescription, "pool", "pool description");
        vm.assertEq(poolInfo.m_workerStakeRatioPolicy, 30, "stake ratio");
        vm.assertEq(poolInfo.m_schedulerRewardRatioPolicy, 1, "reward ratio");
    }

    function testAnUnknownDealIsAllZero() public view {
        Deal memory deal = hub.viewDeal(DealId.wrap("nothing"));

        vm.assertEq(deal.requester, address(0), "requester");
        vm.assertEq(deal.botSize, 0, "size");
        vm.assertEq(deal.params, "", "params");
    }
}
