// Sums the primes below 2^24, three times.

#include <string.h>

#include "kernel.h"

#define LIMIT (1u << 24)
#define ROUNDS 3

static uint8_t composite[LIMIT];

uint64_t kernel(void) {
  uint64_t sum = 0;
  for (uint32_t round = 0; round < ROUNDS; round++) {
    memset(composite, 0, LIMIT);
    for (uint32_t i = 2; i < LIMIT; i++) {
      if (composite[i]) continue;
      sum += i + round;
      if (i < 4096) {
        for (uint32_t j = i * i; j < LIMIT; j += i) composite[j] = 1;
      }
    }
  }
  return sum;
}
