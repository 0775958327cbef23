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
static inline lanes set_case(lanes a) {
  for (int i = 0; i < 16; i++) a.at[i] |= 0x20;
  return a;
}
static inline uint64_t high_bits(lanes a) { return bits(a); }
#endif

int chatscrub_byte_maps(const uint8_t *text, size_t count, const uint8_t *singles, size_t singles_count,
                        uint64_t *letter, uint64_t *upper, uint64_t *digit, uint64_t *high,
                        uint64_t *single) {
  size_t words = (count + 63) / 64;
  uint64_t seen = 0;
  uint8_t last[64];
  for (size_t word = 0; word < words; word++) {
    const uint8_t *block = text + word * 64;
    if (word * 64 + 64 > count) {
      // The last block is copied, so that nothing behind the text is read.
      memset(last, 0, sizeof last);
      memcpy(last, block, count - word * 64);
      block = last;
    }
    uint64_t letters = 0, uppers = 0, digits = 0, highs = 0;
    for (int part = 0; part < 4; part++) {
      lanes a = load(block + part * 16);
      letters |= bits(within(set_case(a), 'a', 26)) << (part * 16);
      uppers |= bits(within(a, 'A', 26)) << (part * 16);
      digits |= bits(within(a, '0', 10)) << (part * 16);
      highs |= high_bits(a) << (part * 16);
    }
    letter[word] = letters;
    upper[word] = uppers;
    digit[word] = digits;
    high[word] = highs;
    seen |= highs;
    for (size_t index = 0; index < singles_count; index++) {
      uint64_t found = 0;
      for (int part = 0; part < 4; part++) {
        found |= bits(equal(load(block + part * 16), all(singles[index]))) << (part * 16);
      }
      single[index * words + word] = found;
    }
  }
  return seen != 0;
}
