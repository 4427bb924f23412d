// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {SafeERC20, IERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Deal, DealId} from "../interfaces/HubTypes.sol";
import {IHubEscrow} from "../interfaces/IHubEscrow.sol";
import {IHubMarket} from "../interfaces/IHubMarket.sol";
import {ITokenSpender} from "../interfaces/ITokenSpender.sol";
import {DealRecords} from "../libraries/DealRecords.sol";
import {Deposits} from "./Deposits.sol";

/// @title Deposits of an ERC-20 token
abstract contract TokenEscrow is IHubEscrow, Deposits {
    using SafeERC20 for IERC20;

    /// @inheritdoc IHubEscrow
    function deposit(uint256 amount) external returns (bool) {
        _deposit(msg.sender, amount, msg.sender);
        return true;
    }

    /// @inheritdoc IHubEscrow
    function depositFor(uint256 amount, address target) external returns (bool) {
        _deposit(msg.sender, amount, target);
        return true;
    }

    /// @inheritdoc IHubEscrow
    function depositForArray(uint256[] calldata amounts, address[] calldata targets)
        external
        returns (bool)
    {
        if (amounts.length != targets.length) {
            revert ArraysDiffer(amounts.length, targets.length);
        }
        for (uint256 i = 0; i < amounts.length; ++i) {
            _deposit(msg.sender, amounts[i], targets[i]);
        }
        return true;
    }

    /// @inheritdoc ITokenSpender
    function receiveApproval(address sender, uint256 amount, address token_, bytes calldata data)
        external
        returns (bool)
    {
        if (token_ != address(TOKEN) || msg.sender != token_) revert("wrong-token");
        _deposit(sender, amount, sender);
        if (data.length > 0) _matchFor(sender, data);
        return true;
    }

    function _held() internal view override returns (uint256) {
        return TOKEN.balanceOf(address(this));
    }

    function _pay(address target, uint256 amount) internal override {
        TOKEN.safeTransfer(target, amount);
    }

    /// @dev Credits only what arrived. The guard keeps a token that calls back from having the same
    /// tokens credited twice.
    function _deposit(address from, uint256 amount, address target) private nonReentrant {
        uint256 before = TOKEN.balanceOf(address(this));
        TOKEN.safeTransferFrom(from, address(this), amount);
        uint256 received = TOKEN.balanceOf(address(this)) - before;
        if (received != amount) revert TokenAmountDiffers(amount, received);
        _mint(target, amount);
    }

    function _matchFor(address requester, bytes calldata data) private {
        bytes memory call = bytes4(data) == IHubMarket.matchOrders.selector
            ? bytes(data)
            : bytes.concat(IHubMarket.matchOrders.selector, data);
        (bool success, bytes memory result) = address(this).call(call);
        if (!success) {
            if (result.length == 0) revert("receive-approval-failed");
            assembly ("memory-safe") {
                revert(add(result, 0x20), mload(result))
            }
        }
        // Checked after the match, on the deal itself; it undoes everything when it fails.
        (Deal memory deal,) = DealRecords.load(DealId.wrap(abi.decode(result, (bytes32))));
        if (deal.requester != requester) revert("caller-must-be-requester");
    }
}
