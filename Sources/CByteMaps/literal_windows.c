#include "CByteMaps.h"

#include <string.h>

// How many positions are looked at before their candidates are narrowed down: their list stays in the first-level cache.
#define STRIDE 512

static inline uint32_t place(uint32_t key, uint32_t bits) { return ((key << 8) * 0x9E3779B1u) >> (32 - bits); }

static inline uint64_t long_hash(uint64_t key) { return (key << 16) * 0x9E3779B97F4A7C15u; }

uint32_t chatscrub_window_place(uint32_t key, uint32_t bits) { return place(key, bits); }

uint64_t chatscrub_long_window_hash(uint64_t key) { return long_hash(key); }

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

// The tables of what is looked for.
typedef struct {
  const uint32_t *table, *shorts, *long_bits;
  const uint16_t *numbers;
  const chatscrub_window *windows;
  const uint32_t *longs;
  const uint32_t *member_starts;
  const char *members;
  size_t member_bytes;
} sought_windows;

// Where in a text windows are likely, and the hash of the six bytes there.
typedef struct {
  uint32_t position;
  uint64_t hash;
} likely;

// Narrows the positions in `found` down by the hash, and asks for the memory that tells whether a window is there: without
// that, half of the time of the search was spent waiting for it.
static inline size_t narrowed(const uint8_t *text, size_t first, const uint32_t *found, size_t count,
                              const sought_windows *sought, likely *places) {
  size_t total = 0;
  for (size_t index = 0; index < count; index++) {
    uint64_t word = eight(text + first + found[index]) | 0x2020202020202020u;
    uint64_t hash = long_hash(word);
    uint32_t bit = (uint32_t)(hash >> (64 - CHATSCRUB_LONG_BLOOM_BITS));
    places[total].position = found[index];
    places[total].hash = hash;
    __builtin_prefetch(sought->longs + (hash >> (64 - CHATSCRUB_LONG_BITS)));
    total += (sought->long_bits[bit >> 5] >> (bit & 31) | sought->shorts[place((uint32_t)word, CHATSCRUB_SHORT_BITS)]
              >> (word >> 24 & 31)) & 1;
  }
  return total;
}

// Of the likely places those where the bytes around agree with a window.
static inline size_t agreed(const uint8_t *text, size_t first, const likely *places, size_t count,
                            const sought_windows *sought, chatscrub_candidate *candidates) {
  size_t total = 0;
  for (size_t index = 0; index < count; index++) {
    size_t position = first + places[index].position;
    uint64_t hash = places[index].hash;
    uint32_t entry = sought->longs[hash >> (64 - CHATSCRUB_LONG_BITS)];
    candidates[total].position = position;
    candidates[total].window = entry & 0xFFFF;
    total += entry >> 16 == ((hash >> (48 - CHATSCRUB_LONG_BITS) & 0xFFFF) | 1);
    uint64_t word = eight(text + position);
    uint32_t key = (uint32_t)word | 0x20202020u;
    uint8_t before = position > 0 ? text[position - 1] : 0;
    uint16_t number = sought->numbers[place(key, CHATSCRUB_NUMBER_BITS)];
    const chatscrub_window *window = sought->windows + number;
    candidates[total].position = position;
    candidates[total].window = number;
    total += (((key ^ window->value) & window->agree) == 0)
      & window->fourth >> (word >> 24 & 31) & window->fifth >> (word >> 32 & 31) & window->previous >> (before & 31) & 1;
  }
  for (size_t index = 0; index < total; index++) {
    __builtin_prefetch(sought->members + sought->member_starts[candidates[index].window] * sought->member_bytes);
  }
  return total;
}

// Looks at `count` positions from `first` on, a multiple of four and at most STRIDE.
static size_t search(const uint8_t *text, size_t first, size_t count, const sought_windows *sought,
                     chatscrub_candidate *candidates) {
  uint32_t found[STRIDE];
  likely places[STRIDE];
  size_t total = allowed(text, first, count, sought->table, found);
  total = narrowed(text, first, found, total, sought, places);
  return agreed(text, first, places, total, sought, candidates);
}

size_t chatscrub_find_windows(const uint8_t *text, size_t count, size_t *position, const uint32_t *table,
                              const uint32_t *shorts, const uint32_t *long_bits, const uint16_t *numbers,
                              const chatscrub_window *windows, const uint32_t *longs, const uint32_t *member_starts,
                              const void *members, size_t member_bytes, chatscrub_candidate *candidates) {
  const sought_windows sought = {table,         shorts,  long_bits,   numbers, windows, longs,
                                 member_starts, members, member_bytes};
  size_t total = 0;
  size_t next = *position;
  while (total == 0 && next + 12 <= count) {
    size_t steps = (count - 8 - next) / 4 * 4;
    if (steps > STRIDE) steps = STRIDE;
    total = search(text, next, steps, &sought, candidates);
    next += steps;
  }
  if (total == 0 && next < count) {
    // The last bytes are copied, so that nothing behind the text is read; one byte before them is looked at, too.
    uint8_t last[32];
    size_t start = next > 0 ? next - 1 : 0;
    memset(last, 0, sizeof last);
    memcpy(last, text + start, count - start);
    total = search(last, next - start, (count - next + 3) / 4 * 4, &sought, candidates);
    for (size_t index = 0; index < total; index++) candidates[index].position += start;
    next = count;
  }
  *position = next;
  return total;
}
