// The risk analysis once more, from its description, in plain JavaScript: the app must agree with it.

const HORIZONS = [1, 2, 3, 5, 10, 15, 21, 42, 63, 126, 189, 252];

function xoshiro128(seed) {
  let state = seed >>> 0;
  const scramble = () => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (z ^ (z >>> 16)) >>> 0;
  };
  const rotate = (value, by) => (value << by) | (value >>> (32 - by));
  let [a, b, c, d] = [scramble(), scramble(), scramble(), scramble()];
  return () => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return result;
  };
}

function logReturns(csv) {
  const [header, ...rows] = csv.trim().split("\n");
  const column = header.trim().split(",").indexOf("adjclose");
  const prices = rows.map((row) => Number(row.split(",")[column]));
  return prices.slice(1).map((price, i) => Math.log(price / prices[i]));
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

export function riskModel(csv, index, paths) {
  const returns = logReturns(csv);
  const days = HORIZONS[index];
  const random = xoshiro128(index);
  const losses = new Float64Array(paths).map(() => {
    let sum = 0;
    for (let day = 0; day < days; day++) {
      sum += returns[Math.floor((random() * returns.length) / 2 ** 32)];
    }
    return 1 - Math.exp(sum);
  });
  losses.sort();
  const worst = (percent) => losses.subarray(paths - Math.floor((paths * percent) / 100));
  return {
    horizonDays: days,
    paths,
    returns: returns.length,
    mean: -mean(losses),
    var95: worst(5)[0],
    es95: mean(worst(5)),
    var99: worst(1)[0],
    es99: mean(worst(1)),
  };
}
