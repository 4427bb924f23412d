// The product of two matrices of 512 rows and columns, added up eight times.

#include <string.h>

#include "kernel.h"

#define N 512
#define ROUNDS 8

static double a[N * N], b[N * N], c[N * N];

uint64_t kernel(void) {
  for (int i = 0; i < N * N; i++) {
    a[i] = (double)((i * 7 + 3) % 101) / 8.0;
    b[i] = (double)((i * 5 + 1) % 97) / 4.0;
    c[i] = 0;
  }
  for (int round = 0; round < ROUNDS; round++) {
    for (int i = 0; i < N; i++) {
      for (int k = 0; k < N; k++) {
        double factor = a[i * N + k];
        for (int j = 0; j < N; j++) c[i * N + j] += factor * b[k * N + j];
      }
    }
  }
  double sum = 0;
  for (int i = 0; i < N * N; i++) sum += c[i] * (double)(i % 13 + 1);
  uint64_t bits;
  memcpy(&bits, &sum, sizeof bits);
  return bits;
}
