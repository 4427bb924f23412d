// Value at risk and expected shortfall of holding an index for some days, by bootstrap: each path
// adds up daily log returns drawn with replacement from the history.

import { args, env, Exit, fail, option, readInput, taskIndex, wholeNumber, writeOutput } from "../../kit/app";
import { closingPrices } from "./prices";
import { Random } from "./random";

/** Trading days, from one day to one year; the task index picks one. */
const HORIZONS: StaticArray<i32> = [1, 2, 3, 5, 10, 15, 21, 42, 63, 126, 189, 252];

/** About how many returns a task draws, which sets how long it takes. */
const DRAWS = 16_000_000;
const MIN_PATHS = 50_000;
const MAX_PATHS = 400_000;
const PATHS_LIMIT = 5_000_000;

function horizonDays(index: i32): i32 {
  const asked = option("--horizon-days", "");
  const days = asked == "" ? HORIZONS[index % HORIZONS.length] : wholeNumber(asked, "--horizon-days");
  if (days < 1 || days > 2520) fail(Exit.USAGE, "expected --horizon-days from 1 to 2520");
  return days;
}

function pathCount(days: i32): i32 {
  const asked = option("--paths", "");
  const paths = asked == "" ? min(max(DRAWS / days, MIN_PATHS), MAX_PATHS) : wholeNumber(asked, "--paths");
  if (paths < 100 || paths > PATHS_LIMIT) fail(Exit.USAGE, "expected --paths from 100 to 5000000");
  return paths;
}

function logReturns(prices: Float64Array): Float64Array {
  const returns = new Float64Array(prices.length - 1);
  for (let i = 0; i < returns.length; i++) returns[i] = Math.log(prices[i + 1] / prices[i]);
  return returns;
}

/** The loss of each path, as a share of what was invested; a gain is a negative loss. */
function losses(returns: Float64Array, days: i32, paths: i32, random: Random): Float64Array {
  const result = new Float64Array(paths);
  const count = <u32>returns.length;
  for (let path = 0; path < paths; path++) {
    let sum: f64 = 0;
    for (let day = 0; day < days; day++) sum += unchecked(returns[random.below(count)]);
    unchecked((result[path] = 1 - Math.exp(sum)));
  }
  return result;
}

function mean(values: Float64Array, from: i32): f64 {
  let sum: f64 = 0;
  for (let i = from; i < values.length; i++) sum += unchecked(values[i]);
  return sum / (values.length - from);
}

/** First of the sorted losses that belongs to the worst share. */
function tail(values: Float64Array, worstPercent: i32): i32 {
  return values.length - <i32>((<i64>values.length * worstPercent) / 100);
}

/** Eight decimals, rounded half up, without the engine's own number formatting. */
function fixed(value: f64): string {
  const scaled = <i64>Math.floor(Math.abs(value) * 1e8 + 0.5);
  const whole = (scaled / 100_000_000).toString();
  const fraction = (scaled % 100_000_000).toString().padStart(8, "0");
  return (value < 0 && scaled != 0 ? "-" : "") + whole + "." + fraction;
}

function dataset(): Uint8Array {
  const name = env("IEXEC_DATASET_FILENAME", "");
  if (name == "") {
    fail(Exit.NO_INPUT, "this app needs a dataset of daily prices; run it with --dataset");
  }
  const bytes = readInput(name);
  if (bytes == null) fail(Exit.NO_INPUT, "the dataset /iexec_in/" + name + " is not there");
  return bytes!;
}

function requireKnownOptions(): void {
  const all = args();
  for (let i = 0; i < all.length; i += 2) {
    if (all[i] != "--horizon-days" && all[i] != "--paths") {
      fail(Exit.USAGE, "unknown option " + all[i] + "; known are --horizon-days N and --paths N");
    }
  }
}

requireKnownOptions();
const index = taskIndex();
const days = horizonDays(index);
const paths = pathCount(days);
const returns = logReturns(closingPrices(dataset()));
const sorted = losses(returns, days, paths, new Random(<u32>index)).sort();
const worst5 = tail(sorted, 5);
const worst1 = tail(sorted, 1);
writeOutput(
  "risk.json",
  '{"horizonDays":' + days.toString() +
    ',"paths":' + paths.toString() +
    ',"returns":' + returns.length.toString() +
    ',"mean":' + fixed(-mean(sorted, 0)) +
    ',"var95":' + fixed(sorted[worst5]) +
    ',"es95":' + fixed(mean(sorted, worst5)) +
    ',"var99":' + fixed(sorted[worst1]) +
    ',"es99":' + fixed(mean(sorted, worst1)) + "}\n");
