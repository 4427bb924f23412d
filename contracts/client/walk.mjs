// A client that nobody here wrote walks the market on our hub: the public SDK of the interface's makers,
// from deposit to claim, on a chain of its own. Ends with 0 when every step did what it says.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { createRequire } from "node:module";
import { ContractFactory, HDNodeWallet, JsonRpcProvider, Mnemonic } from "ethers";
import { IExec } from "iexec";
import assert from "node:assert/strict";

const CHAIN_ID = 65535;
const DEVELOPMENT_MNEMONIC = "test test test test test test test test test test test junk";
const CATEGORY_SECONDS = 1;
const FINAL_DEADLINE_RATIO = 10;
const CONTRACTS = new URL(process.env.RUCHE_CONTRACTS ?? "..", import.meta.url);
const PRICES = { app: 1_000_000, dataset: 500_000, workerpool: 10_000_000 };
const DEPOSIT = 1_000_000_000;

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function startChain() {
  const require = createRequire(new URL("package.json", CONTRACTS));
  const arch = { x64: "amd64", arm64: "arm64" }[process.arch];
  const binary = require.resolve(`@foundry-rs/anvil-${process.platform}-${arch}/bin/anvil`);
  const port = await freePort();
  const options = ["--port", port, "--chain-id", CHAIN_ID, "--gas-limit", 1e9, "--quiet"];
  const anvil = spawn(binary, options.map(String), { stdio: "inherit" });
  const rpc = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 100; tries++) {
    try {
      await fetch(rpc, { method: "POST" });
      return { anvil, rpc };
    } catch {
      await pause(100);
    }
  }
  throw new Error("Anvil did not start within 10 s");
}

const pause = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

async function deploy(owner, name, ...args) {
  const path = new URL(`out/${name}.sol/${name}.json`, CONTRACTS);
  const { abi, bytecode } = JSON.parse(readFileSync(path, "utf8"));
  const contract = await new ContractFactory(abi, bytecode.object, owner).deploy(...args);
  return contract.waitForDeployment();
}

async function deployHub(owner) {
  const none = "0x0000000000000000000000000000000000000000";
  const token = await deploy(owner, "Ruc", owner.address);
  const registries = [];
  for (const name of ["AppRegistry", "DatasetRegistry", "WorkerpoolRegistry"]) {
    registries.push((await deploy(owner, name, none)).target);
  }
  const views = await deploy(owner, "HubViews", token.target, ...registries);
  const desk = await deploy(owner, "HubDesk", views.target, none);
  const categories = [["XS", "a second", CATEGORY_SECONDS]];
  const hub = await deploy(owner, "Hub", desk.target, owner.address, categories);
  return { token, hub };
}

async function walk(rpc) {
  const provider = new JsonRpcProvider(rpc, CHAIN_ID, { staticNetwork: true, cacheTimeout: -1 });
  const mnemonic = Mnemonic.fromPhrase(DEVELOPMENT_MNEMONIC);
  const wallet = HDNodeWallet.fromMnemonic(mnemonic).connect(provider);
  const { token, hub } = await deployHub(wallet);
  await (await token.mint(wallet.address, 2 * DEPOSIT)).wait();
  const nowhere = "http://127.0.0.1:1";
  const iexec = new IExec(
    { ethProvider: wallet },
    {
      hubAddress: hub.target,
      smsURL: nowhere,
      ipfsGatewayURL: nowhere,
      iexecGatewayURL: nowhere,
      resultProxyURL: nowhere,
    },
  );
  const me = wallet.address;

  await step("deposit", async () => {
    await iexec.account.deposit(DEPOSIT);
    const { stake, locked } = await iexec.account.checkBalance(me);
    assert.equal(`${stake} ${locked}`, `${DEPOSIT} 0`);
  });
  const resources = await step("deploy", () => deployResources(iexec, me));
  const orders = await step("sign", () => signOrders(iexec, resources));
  const { dealid } = await step("fill", () =>
    iexec.order.matchOrders(orders, { preflightCheck: false }),
  );
  const deal = await step("deal show", async () => {
    const found = await iexec.deal.show(dealid);
    assert.equal(found.requester, me);
    assert.equal(found.app.pointer, resources.app);
    assert.equal(String(found.workerpool.price), String(PRICES.workerpool));
    return found;
  });
  const taskid = deal.tasks[0];
  await step("task show", async () => {
    await (await hub.initialize(dealid, 0)).wait();
    const task = await iexec.task.show(taskid);
    assert.equal(task.statusName, "ACTIVE");
    assert.equal(task.dealid, dealid);
  });
  await step("cancel", async () => {
    const order = await iexec.order.signApporder(
      await iexec.order.createApporder({ app: resources.app, appprice: 1, volume: 2 }),
      { preflightCheck: false },
    );
    const { order: cancelled } = await iexec.order.cancelApporder(order);
    assert.equal(cancelled.app, resources.app);
  });
  await step("claim", async () => {
    await pause((FINAL_DEADLINE_RATIO * CATEGORY_SECONDS + 1) * 1000);
    await provider.send("evm_mine", []);
    await iexec.task.claim(taskid);
    assert.equal((await iexec.task.show(taskid)).statusName, "FAILED");
    const { stake, locked } = await iexec.account.checkBalance(me);
    const lost = (PRICES.workerpool * 30) / 100;
    assert.equal(`${stake} ${locked}`, `${DEPOSIT - lost} 0`);
  });
  await step("withdraw", async () => {
    await iexec.account.withdraw(1000);
    assert.equal(await token.balanceOf(me), BigInt(DEPOSIT + 1000));
  });
}

async function deployResources(iexec, owner) {
  const checksum = `0x${"ab".repeat(32)}`;
  const { address: app } = await iexec.app.deployApp({
    owner,
    name: "hello",
    type: "DOCKER",
    multiaddr: "registry.example/hello:1.0.0",
    checksum,
  });
  const { address: dataset } = await iexec.dataset.deployDataset({
    owner,
    name: "prices",
    multiaddr: "https://data.example/prices.csv",
    checksum,
  });
  const { address: workerpool } = await iexec.workerpool.deployWorkerpool({
    owner,
    description: "five workers",
  });
  assert.equal((await iexec.app.showApp(app)).app.appName, "hello");
  assert.equal((await iexec.workerpool.showWorkerpool(workerpool)).workerpool.owner, owner);
  return { app, dataset, workerpool };
}

async function signOrders(iexec, { app, dataset, workerpool }) {
  const { order } = iexec;
  const unchecked = { preflightCheck: false };
  const apporder = await order.signApporder(
    await order.createApporder({ app, appprice: PRICES.app }),
    unchecked,
  );
  const datasetorder = await order.signDatasetorder(
    await order.createDatasetorder({ dataset, datasetprice: PRICES.dataset }),
    unchecked,
  );
  const workerpoolorder = await order.signWorkerpoolorder(
    await order.createWorkerpoolorder({
      workerpool,
      workerpoolprice: PRICES.workerpool,
      category: 0,
    }),
  );
  const requestorder = await order.signRequestorder(
    await order.createRequestorder({
      app,
      appmaxprice: PRICES.app,
      dataset,
      datasetmaxprice: PRICES.dataset,
      workerpool,
      workerpoolmaxprice: PRICES.workerpool,
      category: 0,
    }),
    unchecked,
  );
  return { apporder, datasetorder, workerpoolorder, requestorder };
}

async function step(name, action) {
  try {
    const result = await action();
    console.log(`ok ${name}`);
    return result;
  } catch (e) {
    throw new Error(`${name}: ${e.message}`, { cause: e });
  }
}

const { anvil, rpc } = await startChain();
try {
  await walk(rpc);
} catch (e) {
  console.error(e);
  process.exitCode = 1;
} finally {
  anvil.kill();
}
process.exit();
