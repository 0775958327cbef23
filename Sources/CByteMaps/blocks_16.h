// What loops over blocks of 64 bytes share that are written for sixteen lanes alone.
#ifndef CHATSCRUB_BLOCKS_16_H
#define CHATSCRUB_BLOCKS_16_H
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

typedef uint8_t lanes __attribute__((ext_vector_type(16)));
typedef bool flags __attribute__((ext_vector_type(16)));

// Reads the block that begins at an offset; zeros stand behind the end of the text.
static inline void load_block(lanes *a, const uint8_t *text, size_t count, size_t block) {
  if (count - block < 64) memset(a, 0, 64);
  memcpy(a, text + block, count - block < 64 ? count - block : 64);
}

// Where a byte stands in a block, bit i for byte i.
static inline uint64_t equal(const lanes *a, uint8_t byte) {
  uint64_t bits = 0;
  for (int part = 0; part < 4; part++) {
    flags some = __builtin_convertvector((lanes)(a[part] == byte), flags);
    uint16_t few = 0;
    memcpy(&few, &some, sizeof some);
    bits |= (uint64_t)few << (part * 16);
  }
  return bits;
}
#endif
