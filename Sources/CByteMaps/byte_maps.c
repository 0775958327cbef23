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
#define string_stop_64 string_stop_16
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

static size_t narrow_string_stop(const uint8_t *text, size_t position, size_t count, int *is_high) {
  int is_stop = 0;
  position = string_stop_16(text, position, count, is_high, &is_stop);
  while (!is_stop && position < count && text[position] >= 0x20 && text[position] != '"' && text[position] != '\\') {
    if (text[position] >= 0x80) *is_high = 1;
    position++;
  }
  return position;
}

#if defined(__x86_64__)
__attribute__((target("avx512f,avx512bw")))
#endif
static size_t wide_string_stop(const uint8_t *text, size_t position, size_t count, int *is_high) {
  int is_stop = 0;
  position = string_stop_64(text, position, count, is_high, &is_stop);
  return is_stop ? position : narrow_string_stop(text, position, count, is_high);
}

size_t chatscrub_string_stop(const uint8_t *text, size_t position, size_t count, int *is_high) {
  if (has_64()) return wide_string_stop(text, position, count, is_high);
  return narrow_string_stop(text, position, count, is_high);
}

size_t chatscrub_string_stop_16(const uint8_t *text, size_t position, size_t count, int *is_high) {
  return narrow_string_stop(text, position, count, is_high);
}
