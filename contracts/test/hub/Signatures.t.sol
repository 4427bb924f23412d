// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import "../../src/interfaces/HubTypes.sol";
import {HubFixture} from "../base/HubFixture.sol";
import {BrokenWallet, ContractWallet} from "../mocks/Wallets.sol";

contract SignaturesTest is HubFixture {
    uint256 private constant CURVE_ORDER =
        0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;
    bytes32 private constant HASH = keccak256("message");

    function testAcceptsSixtyFiveBytesAndCompactOnes(uint256 seed) public view {
        uint256 key = bound(seed, 1, CURVE_ORDER - 1);
        bytes memory full = sign(key, HASH);

        vm.assertTrue(hub.verifySignature(vm.addr(key), HASH, full), "65 bytes");
        vm.assertTrue(hub.verifySignature(vm.addr(key), HASH, _compact(full)), "64 bytes");
    }

    function testRefusesAnotherSignerOrHash(bytes32 hash) public view {
        bytes memory signature = sign(REQUESTER_KEY, HASH);

        vm.assertFalse(hub.verifySignature(appOwner, HASH, signature), "signer");
        if (hash == HASH) return;
        vm.assertFalse(hub.verifySignature(requester, hash, signature), "hash");
    }

    function testRefusesAnyFlippedBit(uint256 seed) public view {
        bytes memory signature = sign(REQUESTER_KEY, HASH);
        uint256 bit = bound(seed, 0, 65 * 8 - 1);
        signature[bit / 8] ^= bytes1(uint8(1 << (bit % 8)));

        vm.assertFalse(hub.verifySignature(requester, HASH, signature), "flipped");
    }

    function testRefusesTheMirroredSignature() public view {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(REQUESTER_KEY, HASH);
        bytes32 mirrored = bytes32(CURVE_ORDER - uint256(s));

        bytes memory signature = abi.encodePacked(r, mirrored, v == 27 ? 28 : 27);

        vm.assertFalse(hub.verifySignature(requester, HASH, signature), "high s");
    }

    function testNobodySignsForTheZeroAddress() public view {
        vm.assertFalse(hub.verifySignature(address(0), HASH, new bytes(65)), "zero");
        vm.assertFalse(hub.verifyPresignature(address(0), HASH), "zero presigner");
    }

    function testRefusesOtherLengths(uint8 length) public {
        if (length == 64 || length == 65) return;

        vm.expectRevert("invalid-signature-format");
        hub.verifySignature(requester, HASH, new bytes(length));
    }

    function testAsksAContractAccount() public {
        address wallet = address(new ContractWallet("let me in"));

        vm.assertTrue(hub.verifySignature(wallet, HASH, "let me in"), "accepted");
        vm.assertFalse(hub.verifySignature(wallet, HASH, "no"), "refused");
        vm.assertFalse(
            hub.verifySignature(address(new BrokenWallet()), HASH, "let me in"), "reverting"
        );
        vm.assertFalse(hub.verifySignature(address(ruc), HASH, "let me in"), "no such function");
    }

    function testAContractAccountCanBuyAndSell() public {
        address wallet = address(new ContractWallet("w"));
        _fund(wallet);
        vm.prank(appOwner);
        appRegistry.transferFrom(appOwner, wallet, uint256(uint160(app)));
        Orders memory orders = standardOrders();
        orders.request.requester = wallet;
        signed(orders);
        orders.app.sign = "w";
        orders.request.sign = "w";

        DealId dealid = matchThem(orders);

        vm.assertEq(hub.viewDeal(dealid).requester, wallet, "requester");
        vm.assertEq(hub.viewDeal(dealid).app.owner, wallet, "app owner");
    }

    function testCompactSignaturesMatchOrders() public {
        Orders memory orders = signed(standardOrders());
        orders.app.sign = _compact(orders.app.sign);
        orders.pool.sign = _compact(orders.pool.sign);
        orders.request.sign = _compact(orders.request.sign);

        matchThem(orders);
    }

    function testOrdersDoNotCrossAFork() public {
        Orders memory orders = signed(standardOrders());
        bytes32 separator = hub.eip712domain_separator();

        vm.chainId(99);

        vm.assertTrue(separator != hub.eip712domain_separator(), "separator follows");
        vm.assertEq(hub.domain().chainId, 99, "domain follows");
        vm.expectRevert("iExecV5-matchOrders-0x21");
        matchThem(orders);
        matchThem(signed(standardOrders()));
    }

    function _compact(bytes memory signature) private pure returns (bytes memory) {
        bytes32 r;
        bytes32 s;
        assembly {
            r := mload(add(signature, 0x20))
            s := mload(add(signature, 0x40))
        }
        if (signature[64] == bytes1(uint8(28))) s |= bytes32(uint256(1) << 255);
        return abi.encodePacked(r, s);
    }

    /// @dev An account whose key delegated to code (EIP-7702) that knows nothing of ERC-1271.
    function testTheKeyOfAnAccountWithCodeStillSigns() public {
        bytes32 hash = keccak256("order");
        vm.etch(requester, abi.encodePacked(hex"ef0100", address(hub)));

        vm.assertTrue(hub.verifySignature(requester, hash, sign(REQUESTER_KEY, hash)), "own key");
        vm.assertFalse(hub.verifySignature(requester, hash, sign(APP_OWNER_KEY, hash)), "another");
        vm.assertFalse(hub.verifySignature(requester, hash, "short"), "no signature");
        matchThem(signed(standardOrders()));
    }
}
