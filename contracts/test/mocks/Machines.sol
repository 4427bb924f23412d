// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {TaskId} from "../../src/interfaces/HubTypes.sol";
import {IOracleConsumer} from "../../src/interfaces/ICallbacks.sol";
import {IWorkerAccount} from "../../src/interfaces/IWorkerAccount.sol";

/// @dev A machine that is a contract, and the callback of the task that it works on: it calls back
/// into the account while the hub delivers the result.
contract ReentrantMachine is IOracleConsumer {
    IWorkerAccount private immutable ACCOUNT;
    bytes private _call;
    bytes public refusal;

    constructor(IWorkerAccount account) {
        ACCOUNT = account;
    }

    function arm(bytes calldata call) external {
        _call = call;
    }

    function work(
        TaskId taskid,
        bytes32 digest,
        bytes calldata callbackBytes,
        bytes calldata authorization
    ) external {
        ACCOUNT.contributeAndFinalize(
            taskid, digest, "location", callbackBytes, address(0), "", authorization
        );
    }

    function receiveResult(bytes32, bytes calldata) external {
        (bool success, bytes memory reason) = address(ACCOUNT).call(_call);
        require(!success, "refused");
        refusal = reason;
    }
}
