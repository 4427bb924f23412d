// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {CodeStore} from "../../src/libraries/CodeStore.sol";
import {TestBase} from "../base/TestBase.sol";

/// @dev A creator like the hub, with the store's functions open.
contract Shelf {
    function pendingCode() external view {
        CodeStore.returnPending();
    }

    function write(bytes32 key, bytes calldata data) external {
        CodeStore.write(key, data);
    }

    function read(bytes32 key) external view returns (bytes memory) {
        return CodeStore.read(key);
    }

    function addressOf(bytes32 key) external view returns (address) {
        return CodeStore.addressOf(key);
    }
}

contract CodeStoreTest is TestBase {
    Shelf private _shelf = new Shelf();

    function testReturnsWhatWasWritten(bytes32 key, bytes calldata data) public {
        _shelf.write(key, data);

        vm.assertEq(_shelf.read(key), data, "data");
    }

    function testNothingWrittenIsEmpty(bytes32 key) public view {
        vm.assertEq(_shelf.read(key), bytes(""), "empty");
    }

    function testKeepsKeysApart() public {
        _shelf.write("a", "first, and longer than the second by more than one word of memory");
        _shelf.write("b", "second");

        vm.assertEq(_shelf.read("b"), "second", "second");
        vm.assertEq(
            _shelf.read("a"),
            "first, and longer than the second by more than one word of memory",
            "first"
        );
    }

    function testHoldsUpToOneContract() public {
        bytes memory longest = new bytes(CodeStore.MAX_LENGTH);
        (longest[0], longest[CodeStore.MAX_LENGTH - 1]) = (0x01, 0xff);

        _shelf.write("a", longest);

        vm.assertEq(keccak256(_shelf.read("a")), keccak256(longest), "longest");
        vm.expectRevert(
            abi.encodeWithSelector(
                CodeStore.DataTooLong.selector, CodeStore.MAX_LENGTH + 1, CodeStore.MAX_LENGTH
            )
        );
        _shelf.write("b", new bytes(CodeStore.MAX_LENGTH + 1));
    }

    function testAKeyIsWrittenOnce() public {
        _shelf.write("a", "first");

        vm.expectRevert(abi.encodeWithSelector(CodeStore.DataNotStored.selector, bytes32("a")));
        _shelf.write("a", "second");
    }

    function testDataIsNeverRun() public {
        _shelf.write("a", hex"60ff");

        vm.assertEq(_shelf.addressOf("a").code, hex"0060ff", "a STOP comes first");
    }

    /// @dev With any amount of gas: all is stored, or the call reverts. Short of gas the creation code
    /// may fail to fetch the bytes and still create an empty contract.
    function testNeverStoresHalf() public {
        bytes memory data = new bytes(3000);
        data[2999] = 0x01;
        for (uint256 gasLimit = 40_000; gasLimit < 80_000; gasLimit += 50) {
            bytes32 key = bytes32(gasLimit);
            try _shelf.write{gas: gasLimit}(key, data) {
                vm.assertEq(_shelf.read(key), data, "all");
            } catch {
                vm.assertEq(_shelf.addressOf(key).code.length, 0, "nothing");
            }
        }
        _shelf.write{gas: 1_000_000}("enough", data);
        vm.assertEq(_shelf.read("enough"), data, "all");
    }
}
