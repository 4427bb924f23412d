// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {TaskId} from "../../src/interfaces/HubTypes.sol";
import {IOracleConsumer} from "../../src/interfaces/ICallbacks.sol";
import {IHub} from "../../src/interfaces/IHub.sol";

contract RecordingConsumer is IOracleConsumer {
    bytes32 public id;
    bytes public result;
    uint256 public calls;
    bool public isOpen = true;

    function setOpen(bool open) external {
        isOpen = open;
    }

    function receiveResult(bytes32 id_, bytes calldata result_) external {
        require(isOpen, "closed");
        id = id_;
        result = result_;
        ++calls;
    }
}

/// @dev Burns all gas it gets.
contract BurningConsumer is IOracleConsumer {
    function receiveResult(bytes32, bytes calldata) external pure {
        assembly {
            invalid()
        }
    }
}

/// @dev Needs about four million gas.
contract HungryConsumer is IOracleConsumer {
    bool public isFed;

    function receiveResult(bytes32, bytes calldata) external {
        uint256 start = gasleft();
        while (start - gasleft() < 4_000_000) {}
        isFed = true;
    }
}

/// @dev Refuses with a very long reason.
contract LoudConsumer is IOracleConsumer {
    function receiveResult(bytes32, bytes calldata) external pure {
        assembly {
            mstore(0x80, not(0))
            revert(0x80, 0x4000)
        }
    }
}

/// @dev Calls back into the hub while it is being called, and remembers what it got.
contract ReentrantConsumer is IOracleConsumer {
    IHub private immutable HUB;
    uint256 public refused;

    constructor(IHub hub) {
        HUB = hub;
    }

    function receiveResult(bytes32 id, bytes calldata) external {
        TaskId taskid = TaskId.wrap(id);
        try HUB.finalize(taskid, "", "") {}
        catch {
            ++refused;
        }
        try HUB.claim(taskid) {}
        catch {
            ++refused;
        }
        try HUB.retryCallback(taskid) {}
        catch {
            ++refused;
        }
        require(HUB.viewTask(taskid).results.length > 0, "not settled yet");
    }
}
