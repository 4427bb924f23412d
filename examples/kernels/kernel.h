// Runs a kernel as often as the first argument says; prints its result, then the nanoseconds of each run.

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

uint64_t kernel(void);

static uint64_t nanos(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

int main(int count, char **words) {
  int runs = count > 1 ? atoi(words[1]) : 1;
  for (int i = 0; i < runs; i++) {
    uint64_t began = nanos();
    uint64_t result = kernel();
    uint64_t took = nanos() - began;
    printf("%016llx %llu\n", (unsigned long long)result, (unsigned long long)took);
  }
  return 0;
}
