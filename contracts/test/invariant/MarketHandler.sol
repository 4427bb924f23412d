// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import "../../src/interfaces/HubTypes.sol";
import {IHub} from "../../src/interfaces/IHub.sol";
import {HubFixture} from "../base/HubFixture.sol";

/// @title Random but legal moves of many actors
/// @notice Every move checks first whether it is allowed and does nothing otherwise, so a revert is a
/// defect of the hub or of this handler's understanding of the rules.
contract MarketHandler is HubFixture {
    uint256 private constant WORKERS = 5;
    uint256 private constant MAX_DEALS = 40;
    bytes32 private constant TRUTH = keccak256("truth");

    DealId[] public deals;
    TaskId[] public tasks;
    address[] public actors;
    /// @notice Money sent to the hub without a deposit, less what was recovered; in token units or wei.
    uint256 public stray;
    /// @notice What must be in the kitty.
    uint256 public kitty;
    /// @notice How often a task was completed by vote, completed alone, re-opened and claimed.
    uint256[4] public reached;
    /// @notice What every worker's score must be.
    mapping(address => uint256) public score;
    mapping(TaskId => TaskStatus) private _ended;

    constructor() {
        setUp();
        actors = [admin, appOwner, datasetOwner, poolOwner, requester, address(0x5b)];
        _fund(address(0x5b));
        for (uint256 i = 0; i < WORKERS; ++i) {
            actors.push(worker(i));
        }
    }

    function countActors() external view returns (uint256) {
        return actors.length;
    }

    function countDeals() external view returns (uint256) {
        return deals.length;
    }

    function countTasks() external view returns (uint256) {
        return tasks.length;
    }

    function endOf(TaskId taskid) external view returns (TaskStatus) {
        return _ended[taskid];
    }

    function theHub() external view returns (IHub) {
        return hub;
    }

    /// @notice What one unit of the hub's books is worth in `held` and `stray`.
    function unit() public pure virtual returns (uint256) {
        return 1;
    }

    /// @notice The money that the hub has.
    function held() public view virtual returns (uint256) {
        return ruc.balanceOf(address(hub));
    }

    function deposit(uint256 who, uint256 amount) external {
        _deposit(actors[who % actors.length], bound(amount, 0, 1e12 * unit()));
    }

    function withdraw(uint256 who, uint256 amount) external {
        address actor = actors[who % actors.length];
        amount = bound(amount, 0, stakeOf(actor) / 4);
        vm.prank(actor);
        hub.withdraw(amount);
    }

    function transfer(uint256 from, uint256 to, uint256 amount) external {
        address actor = actors[from % actors.length];
        amount = bound(amount, 0, stakeOf(actor) / 4);
        vm.prank(actor);
        hub.transfer(actors[to % actors.length], amount);
    }

    function sendDirectly(uint256 amount) external {
        amount = bound(amount, 0, 1e9 * unit());
        _sendDirectly(amount);
        stray += amount;
    }

    function recover() external {
        vm.prank(admin);
        stray -= hub.recover() * unit();
    }

    function matchOrders(uint256 seed, uint256 price, bool sponsored) external {
        if (deals.length == MAX_DEALS) return;
        price = bound(price, 0, 1e10);
        Orders memory orders = bagOrders(1 + seed % 3, seed % 10);
        orders.pool.workerpoolprice = orders.request.workerpoolmaxprice = price;
        orders.pool.volume = 1 + (seed >> 16) % 3;
        if ((seed >> 8) % 2 == 0) orders = withDataset(orders);
        signed(orders);
        address payer = sponsored ? address(0x5b) : requester;
        uint256 cost = (price + APP_PRICE + DATASET_PRICE) * orders.request.volume;
        if (stakeOf(payer) < cost || stakeOf(poolOwner) < cost) return;
        vm.prank(payer);
        deals.push(
            sponsored
                ? hub.sponsorMatchOrders(orders.app, orders.dataset, orders.pool, orders.request)
                : matchThem(orders)
        );
    }

    function initialize(uint256 seed) external {
        if (deals.length == 0) return;
        DealId dealid = deals[seed % deals.length];
        Deal memory deal = hub.viewDeal(dealid);
        uint256 idx = deal.botFirst + (seed >> 128) % deal.botSize;
        TaskId taskid = TaskId.wrap(keccak256(abi.encode(dealid, idx)));
        if (hub.viewTask(taskid).status != TaskStatus.UNSET) return;
        tasks.push(hub.initialize(dealid, idx));
    }

    function contributeTo(uint256 seed, uint256 who, bool lie) external {
        (bool found, TaskId taskid, Task memory task) = _pick(seed, _isOpen);
        if (!found) return;
        address account = worker(who % WORKERS);
        if (hub.viewContribution(taskid, account).status != ContributionStatus.UNSET) return;
        if (stakeOf(account) < hub.viewDeal(task.dealid).workerStake) return;
        contribute(account, taskid, lie ? keccak256("lie") : TRUTH);
    }

    function contributeAlone(uint256 seed, uint256 who) external {
        (bool found, TaskId taskid,) = _pick(seed, _isForOne);
        if (!found) return;
        address account = worker(who % WORKERS);
        bytes memory authorization = authorize(account, taskid);
        _payKitty();
        vm.prank(account);
        hub.contributeAndFinalize(taskid, TRUTH, "r", "", address(0), "", authorization);
        _ended[taskid] = TaskStatus.COMPLETED;
        ++reached[1];
    }

    function revealOne(uint256 seed, uint256 who) external {
        (bool found, TaskId taskid, Task memory task) = _pick(seed, _isRevealable);
        if (!found || _staysSilent(taskid, task)) return;
        address account = task.contributors[who % task.contributors.length];
        Contribution memory contribution = hub.viewContribution(taskid, account);
        if (contribution.status != ContributionStatus.CONTRIBUTED) return;
        if (contribution.resultHash != task.consensusValue) return;
        bool isTruth = contribution.resultHash == hashOf(taskid, TRUTH);
        reveal(account, taskid, isTruth ? TRUTH : keccak256("lie"));
    }

    function finalizeOne(uint256 seed) external {
        (bool found, TaskId taskid,) = _pick(seed, _isFinalizable);
        if (!found) return;
        _payKitty();
        _scoreAll(taskid);
        finalize(taskid, "r");
        _ended[taskid] = TaskStatus.COMPLETED;
        ++reached[0];
    }

    function reopen(uint256 seed) external {
        (bool found, TaskId taskid,) = _pick(seed, _isSilent);
        if (!found) return;
        vm.prank(poolOwner);
        hub.reopen(taskid);
        ++reached[2];
    }

    function claim(uint256 seed) external {
        (bool found, TaskId taskid, Task memory task) = _pick(seed, _isOverdue);
        if (!found) return;
        kitty += hub.viewDeal(task.dealid).workerpool.price * 30 / 100;
        hub.claim(taskid);
        _ended[taskid] = TaskStatus.FAILED;
        ++reached[3];
    }

    /// @dev Mostly short steps, so that tasks get somewhere; sometimes past every deadline.
    function wait(uint256 seed) external {
        vm.warp(block.timestamp + (seed % 10 == 0 ? bound(seed, 1, 3 * TIMEREF) : seed % 40));
    }

    function _deposit(address actor, uint256 amount) internal virtual {
        vm.prank(admin);
        ruc.mint(actor, amount);
        vm.prank(actor);
        ruc.approveAndCall(address(hub), amount, "");
    }

    function _sendDirectly(uint256 amount) internal virtual {
        vm.prank(admin);
        ruc.mint(address(hub), amount);
    }

    /// @dev The first task for which a move is legal, from a random place on.
    function _pick(uint256 seed, function(Task memory) view returns (bool) isLegal)
        private
        view
        returns (bool found, TaskId taskid, Task memory task)
    {
        for (uint256 i = 0; i < tasks.length; ++i) {
            taskid = tasks[(seed % tasks.length + i) % tasks.length];
            if (_ended[taskid] != TaskStatus.UNSET) continue;
            task = hub.viewTask(taskid);
            if (isLegal(task)) return (true, taskid, task);
        }
    }

    /// @dev The winners of one task in four do not reveal until it was re-opened once.
    function _staysSilent(TaskId taskid, Task memory task) private view returns (bool) {
        if (uint256(TaskId.unwrap(taskid)) % 4 != 0) return false;
        for (uint256 i = 0; i < task.contributors.length; ++i) {
            Contribution memory contribution = hub.viewContribution(taskid, task.contributors[i]);
            if (contribution.status == ContributionStatus.REJECTED) return false;
        }
        return true;
    }

    function _isOpen(Task memory task) private view returns (bool) {
        return task.status == TaskStatus.ACTIVE && block.timestamp < task.contributionDeadline;
    }

    function _isForOne(Task memory task) private view returns (bool) {
        return
            _isOpen(task) && task.contributors.length == 0 && hub.viewDeal(task.dealid).trust == 1;
    }

    function _isRevealable(Task memory task) private view returns (bool) {
        return task.status == TaskStatus.REVEALING && block.timestamp < task.revealDeadline;
    }

    function _isFinalizable(Task memory task) private view returns (bool) {
        if (task.status != TaskStatus.REVEALING || block.timestamp >= task.finalDeadline) {
            return false;
        }
        if (task.revealCounter == task.winnerCounter) return true;
        return task.revealCounter > 0 && block.timestamp >= task.revealDeadline;
    }

    function _isSilent(Task memory task) private view returns (bool) {
        return task.status == TaskStatus.REVEALING && task.revealCounter == 0
            && block.timestamp >= task.revealDeadline && block.timestamp < task.finalDeadline;
    }

    function _isOverdue(Task memory task) private view returns (bool) {
        return (task.status == TaskStatus.ACTIVE || task.status == TaskStatus.REVEALING)
            && block.timestamp >= task.finalDeadline;
    }

    /// @dev One more for each who proved a result in a vote of several; a third less for all others.
    function _scoreAll(TaskId taskid) private {
        address[] memory contributors = hub.viewTask(taskid).contributors;
        for (uint256 i = 0; i < contributors.length; ++i) {
            address account = contributors[i];
            Contribution memory contribution = hub.viewContribution(taskid, account);
            if (contribution.status != ContributionStatus.PROVED) {
                score[account] = score[account] * 2 / 3;
            } else if (contributors.length > 1) {
                score[account] += 1;
            }
        }
    }

    function _payKitty() private {
        uint256 part = kitty / 10 > 1e9 ? kitty / 10 : 1e9;
        kitty -= part < kitty ? part : kitty;
    }
}
