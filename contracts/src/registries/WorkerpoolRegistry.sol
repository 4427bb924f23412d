// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IWorkerpoolRegistry} from "../interfaces/IRegistries.sol";
import {IWorkerpool} from "../interfaces/IResources.sol";
import {CloneData} from "../libraries/CloneData.sol";
import {RegistryBase} from "./RegistryBase.sol";
import {ResourceBase} from "./ResourceBase.sol";

/// @title Code of every workerpool
contract Workerpool is IWorkerpool, ResourceBase {
    uint256 private constant DEFAULT_STAKE_RATIO = 30;
    uint256 private constant DEFAULT_REWARD_RATIO = 1;
    uint256 private constant MAX_REWARD_RATIO = 100;

    /// @dev Unset until the owner changes it, so that a new pool writes nothing. One slot.
    struct Policy {
        bool isSet;
        uint8 schedulerRewardRatio;
        uint128 workerStakeRatio;
    }

    Policy private _policy;

    /// @inheritdoc IWorkerpool
    function changePolicy(uint256 workerStakeRatio, uint256 schedulerRewardRatio) external {
        if (msg.sender != owner()) revert NotResourceOwner(owner(), msg.sender);
        if (schedulerRewardRatio > MAX_REWARD_RATIO) {
            revert RewardRatioTooHigh(schedulerRewardRatio, MAX_REWARD_RATIO);
        }
        if (workerStakeRatio > type(uint128).max) {
            revert StakeRatioTooHigh(workerStakeRatio, type(uint128).max);
        }
        emit PolicyUpdate(
            m_workerStakeRatioPolicy(),
            workerStakeRatio,
            m_schedulerRewardRatioPolicy(),
            schedulerRewardRatio
        );
        _policy = Policy(true, uint8(schedulerRewardRatio), uint128(workerStakeRatio));
    }

    /// @inheritdoc IWorkerpool
    function m_workerpoolDescription() external view returns (string memory) {
        return string(CloneData.field(0));
    }

    /// @inheritdoc IWorkerpool
    function m_workerStakeRatioPolicy() public view returns (uint256) {
        return _policy.isSet ? _policy.workerStakeRatio : DEFAULT_STAKE_RATIO;
    }

    /// @inheritdoc IWorkerpool
    function m_schedulerRewardRatioPolicy() public view returns (uint256) {
        return _policy.isSet ? _policy.schedulerRewardRatio : DEFAULT_REWARD_RATIO;
    }
}

/// @title Registry of workerpools
contract WorkerpoolRegistry is IWorkerpoolRegistry, RegistryBase {
    constructor(address previous_)
        RegistryBase("Ruche workerpool registry", "RPOOL", address(new Workerpool()), previous_)
    {}

    /// @inheritdoc IWorkerpoolRegistry
    function createWorkerpool(address owner, string calldata description)
        external
        returns (address)
    {
        return _create(owner, CloneData.encode(bytes(description)));
    }

    /// @inheritdoc IWorkerpoolRegistry
    function predictWorkerpool(address owner, string calldata description)
        external
        view
        returns (address)
    {
        return _predict(owner, CloneData.encode(bytes(description)));
    }
}
