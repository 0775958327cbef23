// The classifier and the search for the end of a string, written once for any number of LANES, under the names that NAME
// gives them.

typedef uint8_t NAME(lanes) __attribute__((ext_vector_type(LANES)));
typedef bool NAME(flags) __attribute__((ext_vector_type(LANES)));

static inline uint64_t NAME(bits)(NAME(lanes) mask) {
  NAME(flags) flags = __builtin_convertvector(mask, NAME(flags));
  uint64_t bits = 0;
  memcpy(&bits, &flags, sizeof flags);
  return bits;
}

static inline uint64_t NAME(within)(const NAME(lanes) *a, uint8_t first, uint8_t count) {
  uint64_t result = 0;
  for (int part = 0; part < 64 / LANES; part++) {
    result |= NAME(bits)((NAME(lanes))((NAME(lanes))(a[part] - first) < count)) << (part * LANES & 63);
  }
  return result;
}

static inline uint64_t NAME(equal)(const NAME(lanes) *a, uint8_t byte) { return NAME(within)(a, byte, 1); }

static int NAME(byte_maps)(const uint8_t *text, size_t count, const uint8_t *marks, size_t marks_count,
                           uint64_t *blocks) {
  size_t words = (count + 63) / 64;
  uint64_t seen = 0;
  uint8_t last[64];
  for (size_t word = 0; word < words; word++) {
    const uint8_t *bytes = text + word * 64;
    size_t left = count - word * 64;
    if (left < 64) {
      // The last block is copied, so that nothing behind the text is read.
      memset(last, 0, sizeof last);
      memcpy(last, bytes, left);
      bytes = last;
    }
    NAME(lanes) a[64 / LANES], lower[64 / LANES];
    memcpy(a, bytes, 64);
    for (int part = 0; part < 64 / LANES; part++) lower[part] = a[part] | 0x20;
    block_maps block;
    memset(&block, 0, sizeof block);
    block.letter = NAME(within)(lower, 'a', 26);
    block.upper = NAME(within)(a, 'A', 26);
    block.digit = NAME(within)(a, '0', 10);
    block.high = NAME(within)(a, 0x80, 0x80);
    block.word = block.letter | block.digit | block.high | NAME(equal)(a, '_');
    for (size_t index = 0; index < marks_count; index++) block.mark |= NAME(equal)(a, marks[index]);
    // A mark may be the zero that fills the last block.
    if (left < 64) block.mark &= ((uint64_t)1 << left) - 1;
    if (block.high != 0) {
      block.lead = NAME(within)(a, 0xC0, 0x40);
      // Letters with case are in U+00C0-058F, 10A0-10FF, 13A0-13FF, 1C80-1FFF, 2C00-2D2F, A640-ABBF, FF21-FF5A
      // and beyond U+FFFF.
      block.cased = NAME(within)(a, 0xC3, 0x14) | NAME(within)(a, 0xEF, 0x11) | NAME(within)(a, 0xE1, 2)
        | NAME(equal)(a, 0xEA);
    }
    seen |= block.high;
    memcpy(blocks + word * 8, &block, sizeof block);
  }
  memset(blocks + words * 8, 0, sizeof(block_maps));
  return seen != 0;
}

// The end of what can be passed over LANES bytes at a time; sets *is_stop when it is a quote, a backslash or a control.
static inline size_t NAME(string_stop)(const uint8_t *text, size_t position, size_t count, int *is_high, int *is_stop) {
  while (position + LANES <= count) {
    NAME(lanes) a[1];
    memcpy(a, text + position, LANES);
    uint64_t stops = NAME(bits)((NAME(lanes))((a[0] == '"') | (a[0] == '\\') | (a[0] < 0x20)));
    uint64_t high = NAME(bits)((NAME(lanes))(a[0] >= 0x80));
    if (stops != 0) {
      int passed = __builtin_ctzll(stops);
      if ((high & (((uint64_t)1 << passed) - 1)) != 0) *is_high = 1;
      *is_stop = 1;
      return position + passed;
    }
    if (high != 0) *is_high = 1;
    position += LANES;
  }
  return position;
}
