#include "CByteMaps.h"

#include <string.h>

// How many positions are looked at before their candidates are narrowed down: their list stays in the first-level cache.
#define STRIDE 512

static inline uint32_t place(uint32_t key, uint32_t bits) { return ((key << 8) * 0x9E3779B1u) >> (32 - bits); }

uint32_t chatscrub_window_place(uint32_t key, uint32_t bits) { return place(key, bits); }

static inline uint64_t eight(const uint8_t *at) {
  uint64_t word;
  memcpy(&word, at, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  word = __builtin_bswap64(word);
#endif
  return word;
}

// Lists the positions from `first` on, `count` of them, whose four bytes the table allows. Nothing here is a branch that the
// text decides. Eight bytes hold the windows of four positions; `text` can be read to eight bytes behind the last position.
static inline size_t allowed(const uint8_t *text, size_t first, size_t count, const uint32_t *table, uint32_t *found) {
  size_t total = 0;
  for (size_t position = first; position < first + count; position += 4) {
    uint64_t word = eight(text + position) | 0x2020202020202020u;
    for (int step = 0; step < 4; step++) {
      uint32_t key = (uint32_t)(word >> (step * 8));
      found[total] = (uint32_t)(position + step - first);
      total += table[place(key, CHATSCRUB_TABLE_BITS)] >> (key >> 24 & 31) & 1;
    }
  }
  return total;
}

// Of the positions in `found` those where also the bytes around agree with a window of the place.
static inline size_t narrowed(const uint8_t *text, size_t first, const uint32_t *found, size_t count,
                              const uint16_t *numbers, const chatscrub_window *windows, chatscrub_candidate *candidates) {
  size_t total = 0;
  for (size_t index = 0; index < count; index++) {
    size_t position = first + found[index];
    uint64_t word = eight(text + position);
    uint32_t key = (uint32_t)word | 0x20202020u;
    uint8_t before = position > 0 ? text[position - 1] : 0;
    uint16_t number = numbers[place(key, CHATSCRUB_NUMBER_BITS)];
    const chatscrub_window *window = windows + number;
    candidates[total].position = position;
    candidates[total].window = number;
    total += (((key ^ window->value) & window->agree) == 0)
      & window->fourth >> (key >> 24 & 31) & window->fifth >> (word >> 32 & 31) & window->previous >> (before & 31) & 1;
  }
  return total;
}

size_t chatscrub_find_windows(const uint8_t *text, size_t count, size_t *position, const uint32_t *table,
                              const uint16_t *numbers, const chatscrub_window *windows,
                              chatscrub_candidate *candidates) {
  uint32_t found[STRIDE];
  size_t total = 0;
  size_t next = *position;
  while (total == 0 && next + 12 <= count) {
    size_t steps = (count - 8 - next) / 4 * 4;
    if (steps > STRIDE) steps = STRIDE;
    size_t allowed_count = allowed(text, next, steps, table, found);
    total = narrowed(text, next, found, allowed_count, numbers, windows, candidates);
    next += steps;
  }
  if (total == 0 && next < count) {
    // The last bytes are copied, so that nothing behind the text is read; one byte before them is looked at, too.
    uint8_t last[32];
    size_t start = next > 0 ? next - 1 : 0;
    memset(last, 0, sizeof last);
    memcpy(last, text + start, count - start);
    size_t first = next - start;
    size_t steps = (count - next + 3) / 4 * 4;
    size_t allowed_count = allowed(last, first, steps, table, found);
    total = narrowed(last, first, found, allowed_count, numbers, windows, candidates);
    for (size_t index = 0; index < total; index++) candidates[index].position += start;
    next = count;
  }
  *position = next;
  return total;
}
