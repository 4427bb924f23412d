// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IRuc} from "../../src/interfaces/IRuc.sol";
import {ITokenSpender} from "../../src/interfaces/ITokenSpender.sol";
import {Deployer} from "../base/Deployer.sol";

contract RucTest is Deployer, ITokenSpender {
    address private constant FAUCET = address(0xfa);
    address private constant USER = address(0x05e4);
    IRuc private _ruc = deployRuc(FAUCET);
    bool private _accepts = true;
    bytes private _told;

    function testNamesItself() public view {
        vm.assertEq(_ruc.symbol(), "RUC", "symbol");
        vm.assertEq(_ruc.decimals(), 9, "decimals");
    }

    function testOnlyTheFaucetMints() public {
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, USER));
        vm.prank(USER);
        _ruc.mint(USER, 1);
        vm.prank(FAUCET);
        _ruc.mint(USER, 1);

        vm.assertEq(_ruc.balanceOf(USER), 1, "minted");
    }

    function testApprovesAndCalls() public {
        vm.expectEmit(address(_ruc));
        emit IERC20.Approval(USER, address(this), 7);
        vm.prank(USER);
        vm.assertTrue(_ruc.approveAndCall(address(this), 7, "x"), "result");

        vm.assertEq(_ruc.allowance(USER, address(this)), 7, "allowance");
        vm.assertEq(_told, abi.encode(USER, 7, address(_ruc), bytes("x")), "told");
    }

    function testASpenderMayRefuse() public {
        _accepts = false;

        vm.expectRevert(abi.encodeWithSelector(IRuc.SpenderRefused.selector, address(this)));
        vm.prank(USER);
        _ruc.approveAndCall(address(this), 7, "x");
    }

    function receiveApproval(address sender, uint256 amount, address token, bytes calldata data)
        external
        returns (bool)
    {
        _told = abi.encode(sender, amount, token, data);
        return _accepts;
    }
}
