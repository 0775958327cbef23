#include "CByteMaps.h"

#include <stdbool.h>
#include <string.h>

typedef struct {
  uint64_t letter, upper, digit, word, high, lead, cased, mark;
} block_maps;

// Vectors as the compiler knows them, so that this is the same for every machine. Sixteen lanes are what all have. Of 32
// (AVX2) the compiler takes the masks apart bit by bit, which is slower; with AVX-512 a comparison gives 64 bits.
#define LANES 16
#define NAME(name) name##_16
#include "block_maps.h"
#undef LANES
#undef NAME

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw"))), apply_to = function)
#define LANES 64
#define NAME(name) name##_64
#include "block_maps.h"
#pragma clang attribute pop

static bool has_64(void) { return __builtin_cpu_supports("avx512bw"); }
#else
#define byte_maps_64 byte_maps_16
static bool has_64(void) { return false; }
#endif

int chatscrub_byte_maps(const uint8_t *text, size_t count, const uint8_t *marks, size_t marks_count,
                        uint64_t *blocks) {
  if (has_64()) return byte_maps_64(text, count, marks, marks_count, blocks);
  return byte_maps_16(text, count, marks, marks_count, blocks);
}

int chatscrub_byte_maps_16(const uint8_t *text, size_t count, const uint8_t *marks, size_t marks_count,
                           uint64_t *blocks) {
  return byte_maps_16(text, count, marks, marks_count, blocks);
}
