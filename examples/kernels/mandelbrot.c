// Counts the steps until each point of a grid of 1024 by 1024 leaves the circle of radius 2.

#include "kernel.h"

#define N 1024
#define MAX_STEPS 400

uint64_t kernel(void) {
  uint64_t steps = 0;
  for (int row = 0; row < N; row++) {
    double cy = 2.0 * row / N - 1.0;
    for (int column = 0; column < N; column++) {
      double cx = 3.0 * column / N - 2.0;
      double x = 0, y = 0, xx = 0, yy = 0;
      int step = 0;
      while (step < MAX_STEPS && xx + yy <= 4.0) {
        y = 2.0 * x * y + cy;
        x = xx - yy + cx;
        xx = x * x;
        yy = y * y;
        step++;
      }
      steps += (uint64_t)step;
    }
  }
  return steps;
}
