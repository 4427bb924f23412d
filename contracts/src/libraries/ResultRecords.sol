// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {TaskId} from "../interfaces/HubTypes.sol";
import {CodeStore} from "./CodeStore.sol";
import {Packed} from "./Packed.sol";

/// @title Results of completed tasks as write-once records: length of results (4 bytes), results,
/// callback bytes. Two empty results take no record.
library ResultRecords {
    using Packed for bytes;

    function save(TaskId taskid, bytes calldata results, bytes calldata resultsCallback) internal {
        if (results.length + resultsCallback.length == 0) return;
        bytes memory record = abi.encodePacked(uint32(results.length), results, resultsCallback);
        CodeStore.write(TaskId.unwrap(taskid), record);
    }

    function load(TaskId taskid)
        internal
        view
        returns (bytes memory results, bytes memory resultsCallback)
    {
        bytes memory record = CodeStore.read(TaskId.unwrap(taskid));
        if (record.length == 0) return (results, resultsCallback);
        uint256 split = 4 + record.uintAt(0, 4);
        results = record.slice(4, split - 4);
        resultsCallback = record.slice(split, record.length - split);
    }
}
