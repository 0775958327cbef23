#include "CByteMaps.h"

static inline int is_blank(uint8_t byte) { return (byte == 32) | (byte == 9); }

static inline int is_capital(uint8_t byte) { return (uint8_t)(byte - 65) < 26; }

// Small letters, and first bytes of characters that could be no capitals.
static inline int is_small(uint8_t byte, uint8_t next) {
  return ((uint8_t)(byte - 97) < 26) | (byte >= 0xE0) | ((byte == 0xC3) & (next > 0x9E)) | ((byte == 0xD0) & (next >= 0xB0)) |
         ((byte == 0xD1) & (next < 0xA0));
}

// Signs of code, paths, tables and formulas, but for those of a placeholder, "[PERSON_1]".
static inline int is_sign(uint8_t last, uint8_t byte, uint8_t next) {
  int any = ((uint8_t)(byte - 0x23) < 4) | (byte == 0x2A) | (byte == 0x2B) | (byte == 0x2F) | ((uint8_t)(byte - 0x3B) < 4) |
            (byte == 0x5B) | (byte == 0x5C) | ((uint8_t)(byte - 0x5E) < 3) | ((uint8_t)(byte - 0x7B) < 4);
  return any & !((byte == 0x5B) & is_capital(next)) & !((byte == 0x5F) & is_capital(last));
}

void chatscrub_line_counts(const uint8_t *text, size_t count, size_t start, size_t end, chatscrub_counts *counts) {
  unsigned words = 0, small = 0, signs = 0;
  size_t index = start;
  // The first and the last byte have no neighbour on one side.
  while (index < end) {
    size_t limit = index + 128 < end ? index + 128 : end;
    if (index == start || limit == count) {
      uint8_t last = index == start ? 32 : text[index - 1];
      uint8_t next = index + 1 < count ? text[index + 1] : 0;
      int begins = is_blank(last) & !is_blank(text[index]);
      words += begins;
      small += begins & is_small(text[index], next);
      signs += is_sign(last, text[index], next);
      index += 1;
      if (index >= limit) continue;
    }
    if (limit == count) limit -= 1;
    // No more than 128 of each fit, so bytes can count them.
    uint8_t some_words = 0, some_small = 0, some_signs = 0;
    for (size_t i = index; i < limit; i++) {
      uint8_t last = text[i - 1], byte = text[i], next = text[i + 1];
      uint8_t begins = is_blank(last) & !is_blank(byte);
      some_words += begins;
      some_small += begins & is_small(byte, next);
      some_signs += is_sign(last, byte, next);
    }
    words += some_words;
    small += some_small;
    signs += some_signs;
    index = limit;
  }
  counts->words = words;
  counts->small = small;
  counts->signs = signs;
}
