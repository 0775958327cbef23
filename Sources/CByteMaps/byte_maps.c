#include "CByteMaps.h"

#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>

typedef __m128i lanes;
static inline lanes load(const uint8_t *at) { return _mm_loadu_si128((const __m128i *)at); }
static inline lanes all(uint8_t byte) { return _mm_set1_epi8((char)byte); }
static inline uint64_t bits(lanes mask) { return (uint16_t)_mm_movemask_epi8(mask); }
static inline lanes equal(lanes a, lanes b) { return _mm_cmpeq_epi8(a, b); }
// a - first < count, unsigned: the saturating difference to count - 1 is then zero.
static inline lanes within(lanes a, uint8_t first, uint8_t count) {
  lanes shifted = _mm_sub_epi8(a, all(first));
  return _mm_cmpeq_epi8(_mm_subs_epu8(shifted, all((uint8_t)(count - 1))), _mm_setzero_si128());
}
static inline lanes either(lanes a, lanes b) { return _mm_or_si128(a, b); }
static inline lanes set_case(lanes a) { return _mm_or_si128(a, all(0x20)); }
static inline uint64_t high_bits(lanes a) { return bits(a); }
#else
// Sixteen lanes in plain C for other machines; the compiler is free to vectorise it.
typedef struct { uint8_t at[16]; } lanes;
static inline lanes load(const uint8_t *at) { lanes a; memcpy(a.at, at, 16); return a; }
static inline lanes all(uint8_t byte) { lanes a; memset(a.at, byte, 16); return a; }
static inline uint64_t bits(lanes mask) {
  uint64_t result = 0;
  for (int i = 0; i < 16; i++) result |= (uint64_t)(mask.at[i] >> 7) << i;
  return result;
}
static inline lanes equal(lanes a, lanes b) {
  for (int i = 0; i < 16; i++) a.at[i] = a.at[i] == b.at[i] ? 0xFF : 0;
  return a;
}
static inline lanes within(lanes a, uint8_t first, uint8_t count) {
  for (int i = 0; i < 16; i++) a.at[i] = (uint8_t)(a.at[i] - first) < count ? 0xFF : 0;
  return a;
}
static inline lanes either(lanes a, lanes b) {
  for (int i = 0; i < 16; i++) a.at[i] |= b.at[i];
  return a;
}
static inline lanes set_case(lanes a) {
  for (int i = 0; i < 16; i++) a.at[i] |= 0x20;
  return a;
}
static inline uint64_t high_bits(lanes a) { return bits(a); }
#endif

typedef struct {
  uint64_t letter, upper, digit, word, high, lead, cased, mark;
} block_maps;

int chatscrub_byte_maps(const uint8_t *text, size_t count, const uint8_t *marks, size_t marks_count,
                        uint64_t *blocks) {
  size_t words = (count + 63) / 64;
  uint64_t seen = 0;
  uint8_t last[64];
  for (size_t word = 0; word < words; word++) {
    const uint8_t *bytes = text + word * 64;
    if (word * 64 + 64 > count) {
      // The last block is copied, so that nothing behind the text is read.
      memset(last, 0, sizeof last);
      memcpy(last, bytes, count - word * 64);
      bytes = last;
    }
    block_maps block;
    memset(&block, 0, sizeof block);
    uint64_t underscores = 0;
    for (int part = 0; part < 4; part++) {
      lanes a = load(bytes + part * 16);
      block.letter |= bits(within(set_case(a), 'a', 26)) << (part * 16);
      block.upper |= bits(within(a, 'A', 26)) << (part * 16);
      block.digit |= bits(within(a, '0', 10)) << (part * 16);
      block.high |= high_bits(a) << (part * 16);
      underscores |= bits(equal(a, all('_'))) << (part * 16);
      lanes marked = equal(a, all(marks_count > 0 ? marks[0] : 0));
      for (size_t index = 1; index < marks_count; index++) {
        marked = either(marked, equal(a, all(marks[index])));
      }
      block.mark |= bits(marked) << (part * 16);
    }
    if (marks_count == 0) block.mark = 0;
    block.word = block.letter | block.digit | block.high | underscores;
    if (block.high != 0) {
      for (int part = 0; part < 4; part++) {
        lanes a = load(bytes + part * 16);
        block.lead |= bits(within(a, 0xC0, 0x40)) << (part * 16);
        // Letters with case are in U+00C0-058F, 10A0-10FF, 13A0-13FF, 1C80-1FFF, 2C00-2D2F, A640-ABBF, FF21-FF5A
        // and beyond U+FFFF.
        lanes cased = either(within(a, 0xC3, 0x14), within(a, 0xEF, 0x11));
        cased = either(cased, either(within(a, 0xE1, 2), equal(a, all(0xEA))));
        block.cased |= bits(cased) << (part * 16);
      }
    }
    if (word * 64 + 64 > count) {
      // A mark may be the zero that fills the last block.
      block.mark &= ((uint64_t)1 << (count - word * 64)) - 1;
    }
    seen |= block.high;
    memcpy(blocks + word * 8, &block, sizeof block);
  }
  memset(blocks + words * 8, 0, sizeof(block_maps));
  return seen != 0;
}
