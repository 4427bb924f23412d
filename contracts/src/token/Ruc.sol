// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {IRuc} from "../interfaces/IRuc.sol";
import {ITokenSpender} from "../interfaces/ITokenSpender.sol";

/// @title RUC, the development token
contract Ruc is IRuc, ERC20, Ownable {
    constructor(address faucet) ERC20("Ruche development token", "RUC") Ownable(faucet) {}

    /// @inheritdoc IRuc
    function mint(address to, uint256 amount) external onlyOwner {
        _mint(to, amount);
    }

    /// @inheritdoc IRuc
    function approveAndCall(address spender, uint256 amount, bytes calldata data)
        external
        returns (bool)
    {
        _approve(msg.sender, spender, amount);
        if (!ITokenSpender(spender).receiveApproval(msg.sender, amount, address(this), data)) {
            revert SpenderRefused(spender);
        }
        return true;
    }

    /// @inheritdoc IERC20Metadata
    function decimals() public pure override(ERC20, IERC20Metadata) returns (uint8) {
        return 9;
    }
}
