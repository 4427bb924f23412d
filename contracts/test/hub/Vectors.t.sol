// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import "../../src/interfaces/HubTypes.sol";
import {OrderHashes} from "../../src/libraries/OrderHashes.sol";
import {TestBase} from "../base/TestBase.sol";

/// @title Hashes of orders and tasks against vectors that another tool computed
contract VectorsTest is TestBase {
    using OrderHashes for AppOrder;
    using OrderHashes for DatasetOrder;
    using OrderHashes for WorkerpoolOrder;
    using OrderHashes for RequestOrder;

    string private _json;
    uint256 private _checked;

    function setUp() public {
        _json = vm.readFile("test/data/vectors.json");
    }

    function testTypeHashes() public view {
        _same(".typeHashes.AppOrder", OrderHashes.APP_TYPEHASH);
        _same(".typeHashes.DatasetOrder", OrderHashes.DATASET_TYPEHASH);
        _same(".typeHashes.WorkerpoolOrder", OrderHashes.WORKERPOOL_TYPEHASH);
        _same(".typeHashes.RequestOrder", OrderHashes.REQUEST_TYPEHASH);
    }

    function testOrders() public {
        for (uint256 i = 0; vm.keyExistsJson(_json, _key(i, "")); ++i) {
            bytes32 kind = keccak256(bytes(vm.parseJsonString(_json, _key(i, ".primaryType"))));
            if (kind == keccak256("AppOrder")) _checkApp(i);
            else if (kind == keccak256("DatasetOrder")) _checkDataset(i);
            else if (kind == keccak256("WorkerpoolOrder")) _checkPool(i);
            else _checkRequest(i);
            ++_checked;
        }
        vm.assertEq(_checked, 12, "vectors");
    }

    function testTasks() public view {
        uint256 i = 0;
        for (; vm.keyExistsJson(_json, _task(i, "")); ++i) {
            DealId dealid = DealId.wrap(
                keccak256(
                    abi.encode(_bytes32(_task(i, ".requestHash")), _uint(_task(i, ".consumed")))
                )
            );
            _same(_task(i, ".dealid"), DealId.unwrap(dealid));
            bytes32 taskid = keccak256(abi.encode(dealid, _uint(_task(i, ".index"))));
            _same(_task(i, ".taskid"), taskid);
            bytes32 digest = _bytes32(_task(i, ".resultDigest"));
            address worker = _address(_task(i, ".worker"));
            _same(_task(i, ".resultHash"), keccak256(abi.encode(taskid, digest)));
            _same(_task(i, ".resultSeal"), keccak256(abi.encodePacked(worker, taskid, digest)));
        }
        vm.assertEq(i, 6, "vectors");
    }

    // External, because the library hashes calldata.

    function hashApp(AppOrder calldata order) external pure returns (bytes32) {
        return order.hash();
    }

    function hashDataset(DatasetOrder calldata order) external pure returns (bytes32) {
        return order.hash();
    }

    function hashPool(WorkerpoolOrder calldata order) external pure returns (bytes32) {
        return order.hash();
    }

    function hashRequest(RequestOrder calldata order) external pure returns (bytes32) {
        return order.hash();
    }

    function _checkApp(uint256 i) private view {
        AppOrder memory order = AppOrder(
            _address(_key(i, ".message.app")),
            _uint(_key(i, ".message.appprice")),
            _uint(_key(i, ".message.volume")),
            _bytes32(_key(i, ".message.tag")),
            _address(_key(i, ".message.datasetrestrict")),
            _address(_key(i, ".message.workerpoolrestrict")),
            _address(_key(i, ".message.requesterrestrict")),
            _bytes32(_key(i, ".message.salt")),
            ""
        );
        _check(i, this.hashApp(order), OrderHashes.APP_OPERATION_TYPEHASH);
    }

    function _checkDataset(uint256 i) private view {
        DatasetOrder memory order = DatasetOrder(
            _address(_key(i, ".message.dataset")),
            _uint(_key(i, ".message.datasetprice")),
            _uint(_key(i, ".message.volume")),
            _bytes32(_key(i, ".message.tag")),
            _address(_key(i, ".message.apprestrict")),
            _address(_key(i, ".message.workerpoolrestrict")),
            _address(_key(i, ".message.requesterrestrict")),
            _bytes32(_key(i, ".message.salt")),
            ""
        );
        _check(i, this.hashDataset(order), OrderHashes.DATASET_OPERATION_TYPEHASH);
    }

    function _checkPool(uint256 i) private view {
        WorkerpoolOrder memory order;
        order.workerpool = _address(_key(i, ".message.workerpool"));
        order.workerpoolprice = _uint(_key(i, ".message.workerpoolprice"));
        order.volume = _uint(_key(i, ".message.volume"));
        order.tag = _bytes32(_key(i, ".message.tag"));
        order.category = _uint(_key(i, ".message.category"));
        order.trust = _uint(_key(i, ".message.trust"));
        order.apprestrict = _address(_key(i, ".message.apprestrict"));
        order.datasetrestrict = _address(_key(i, ".message.datasetrestrict"));
        order.requesterrestrict = _address(_key(i, ".message.requesterrestrict"));
        order.salt = _bytes32(_key(i, ".message.salt"));
        _check(i, this.hashPool(order), OrderHashes.WORKERPOOL_OPERATION_TYPEHASH);
    }

    function _checkRequest(uint256 i) private view {
        RequestOrder memory order;
        order.app = _address(_key(i, ".message.app"));
        order.appmaxprice = _uint(_key(i, ".message.appmaxprice"));
        order.dataset = _address(_key(i, ".message.dataset"));
        order.datasetmaxprice = _uint(_key(i, ".message.datasetmaxprice"));
        order.workerpool = _address(_key(i, ".message.workerpool"));
        order.workerpoolmaxprice = _uint(_key(i, ".message.workerpoolmaxprice"));
        order.requester = _address(_key(i, ".message.requester"));
        order.volume = _uint(_key(i, ".message.volume"));
        order.tag = _bytes32(_key(i, ".message.tag"));
        order.category = _uint(_key(i, ".message.category"));
        order.trust = _uint(_key(i, ".message.trust"));
        order.beneficiary = _address(_key(i, ".message.beneficiary"));
        order.callback = _address(_key(i, ".message.callback"));
        order.params = vm.parseJsonString(_json, _key(i, ".message.params"));
        order.salt = _bytes32(_key(i, ".message.salt"));
        _check(i, this.hashRequest(order), OrderHashes.REQUEST_OPERATION_TYPEHASH);
    }

    function _check(uint256 i, bytes32 structHash, bytes32 operationType) private view {
        bytes32 separator = keccak256(
            abi.encode(
                keccak256(
                    "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
                ),
                keccak256("iExecODB"),
                keccak256("5.0.0"),
                _uint(_key(i, ".domain.chainId")),
                _address(_key(i, ".domain.verifyingContract"))
            )
        );
        _same(_key(i, ".structHash"), structHash);
        _same(_key(i, ".domainSeparator"), separator);
        _same(_key(i, ".orderHash"), keccak256(abi.encodePacked("\x19\x01", separator, structHash)));
        bytes32 close = OrderHashes.operationHash(operationType, structHash, OrderOperation.CLOSE);
        _same(
            _key(i, ".closeOperationHash"),
            keccak256(abi.encodePacked("\x19\x01", separator, close))
        );
    }

    function _same(string memory key, bytes32 found) private view {
        vm.assertEq(found, _bytes32(key), key);
    }

    function _key(uint256 i, string memory field) private pure returns (string memory) {
        return string.concat(".orders[", vm.toString(i), "]", field);
    }

    function _task(uint256 i, string memory field) private pure returns (string memory) {
        return string.concat(".tasks[", vm.toString(i), "]", field);
    }

    function _uint(string memory key) private view returns (uint256) {
        return vm.parseJsonUint(_json, key);
    }

    function _address(string memory key) private view returns (address) {
        return vm.parseJsonAddress(_json, key);
    }

    function _bytes32(string memory key) private view returns (bytes32) {
        return vm.parseJsonBytes32(_json, key);
    }
}
