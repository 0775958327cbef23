#include "CByteMaps.h"

#include <stdbool.h>
#include <string.h>

typedef uint8_t lanes __attribute__((ext_vector_type(16)));
typedef bool flags __attribute__((ext_vector_type(16)));

static inline uint64_t bits(lanes mask, int part) {
  flags some = __builtin_convertvector(mask, flags);
  uint16_t few = 0;
  memcpy(&few, &some, sizeof some);
  return (uint64_t)few << (part * 16);
}

size_t chatscrub_field_marks(const uint8_t *text, size_t count, size_t *position, size_t *marks, size_t marks_max) {
  size_t found = 0;
  uint8_t last[64];
  size_t block = *position;
  for (; block < count && found + 64 <= marks_max; block += 64) {
    const uint8_t *here = text + block;
    size_t left = count - block;
    if (left < 64) {
      memset(last, 0, sizeof last);
      memcpy(last, here, left);
      here = last;
    }
    lanes a[4];
    memcpy(a, here, 64);
    uint64_t mark = 0, open = 0, slash = 0, colon = 0;
    for (int part = 0; part < 4; part++) {
      colon |= bits((lanes)(a[part] == ':'), part);
      mark |= bits((lanes)(a[part] == '='), part);
      open |= bits((lanes)(a[part] == '<'), part);
      slash |= bits((lanes)(a[part] == '/'), part);
    }
    if ((mark | colon | open) == 0) continue;
    uint8_t next = left > 64 ? text[block + 64] : 0;
    uint64_t slashed = slash >> 1 | (uint64_t)(next == '/') << 63;
    mark = mark | (colon & ~slashed) | (open & slashed);
    while (mark != 0) {
      marks[found++] = block + (size_t)__builtin_ctzll(mark);
      mark &= mark - 1;
    }
  }
  *position = block < count ? block : count;
  return found;
}
