// Counts the steps until each point of a grid of 1024 by 1024 leaves the circle of radius 2.

import { say } from "./kernel";

const N: i32 = 1024;
const MAX_STEPS: i32 = 400;

export function _start(): void {
  let steps: u64 = 0;
  for (let row = 0; row < N; row++) {
    const cy: f64 = (2.0 * <f64>row) / <f64>N - 1.0;
    for (let column = 0; column < N; column++) {
      const cx: f64 = (3.0 * <f64>column) / <f64>N - 2.0;
      let x: f64 = 0;
      let y: f64 = 0;
      let xx: f64 = 0;
      let yy: f64 = 0;
      let step = 0;
      while (step < MAX_STEPS && xx + yy <= 4.0) {
        y = 2.0 * x * y + cy;
        x = xx - yy + cx;
        xx = x * x;
        yy = y * y;
        step++;
      }
      steps += step;
    }
  }
  say(steps);
}
